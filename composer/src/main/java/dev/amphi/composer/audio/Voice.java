package dev.amphi.composer.audio;

import dev.amphi.composer.codec.AudioDecoder;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * One source's sound on its way into the mix: a jitter buffer that is read by time, not by arrival.
 *
 * <p>The reader says which instant of the source it wants to hear. Where the last read ended a
 * little beside it, the voice is read faster or slower until it is there: by 0.3 per cent at most,
 * and changing by no more than that in a second, which no ear takes for another pitch. Where the
 * difference is 8 ms or more it is cut out or filled in at once, in step with the pitch. One of
 * less than 2 ms is left until it grows: what is read as it is costs nothing and loses nothing.
 */
public final class Voice implements AutoCloseable {
  private static final int MOVE_TICKS = 384; // 8 ms
  private static final int RESTART_TICKS = 24_000; // 500 ms: another time, not a difference
  private static final double LOOSE_TICKS = 96; // 2 ms: when to begin to correct
  private static final double TIGHT_TICKS = 0.5; // when to end
  private static final double SETTLING_TICKS = 48_000; // a difference is gone in some seconds
  private static final double LEAST_SPEED = 0.0002;
  private static final double MOST_SPEED = 0.003;
  private static final double MOST_CHANGE = MOST_SPEED / 48_000; // a sample
  private static final int CROSSFADE = Concealment.CROSSFADE;
  private static final int SEARCHED = 360; // 7.5 ms: a period of most voices

  private final DecodedVoice sound;
  private final Resampler resampler = new Resampler();
  private final float[] tail = new float[2 * CROSSFADE];
  private double fraction;
  private double speed = 1;
  private boolean correcting;
  private boolean started;

  /** Takes the decoder over. */
  public Voice(AudioDecoder decoder) {
    this.sound = new DecodedVoice(decoder);
  }

  /** Adds a coded packet, in any order. */
  public void packet(long ticks, ByteBuffer payload) {
    sound.packet(ticks, payload);
  }

  /**
   * Reads sound.
   *
   * @param wantedTicks the source's time that the first sample should have
   * @param out takes interleaved stereo
   * @param samples half a second at most
   */
  public void read(double wantedTicks, float[] out, int samples) {
    if (!started) {
      if (!sound.waiting()) {
        Arrays.fill(out, 0, 2 * samples, 0);
        return;
      }
      started = true;
      sound.restart((long) Math.floor(wantedTicks));
    }
    double error = error(wantedTicks);
    boolean cut = false;
    if (Math.abs(error) >= MOVE_TICKS) {
      cut = move(error, wantedTicks);
      error = error(wantedTicks);
    }
    correcting = cut || corrects(error);
    double goal = correcting ? 1 + towards(error) : 1;
    double change = MOST_CHANGE * samples;
    double next = speed + Math.clamp(goal - speed, -change, change);
    if (goal == 1 && speed == 1 && fraction != 0 && samples >= CROSSFADE) {
      round(error, samples);
      cut = true;
    }
    play(next, out, samples);
    if (cut) {
      blend(out);
    }
  }

  /** Whether a difference is to be corrected: until it is gone, or was made up for. */
  private boolean corrects(double error) {
    boolean beyond = error * (speed - 1) < 0;
    return Math.abs(error) > (correcting ? TIGHT_TICKS : LOOSE_TICKS) && !(correcting && beyond);
  }

  private static double towards(double error) {
    double wanted = Math.max(LEAST_SPEED, Math.abs(error) / SETTLING_TICKS);
    return Math.copySign(Math.min(MOST_SPEED, wanted), error);
  }

  /** Goes on at a whole sample, the one nearer to what is wanted, blended with what would come. */
  private void round(double error, int samples) {
    int whole = Math.abs(error + fraction) < Math.abs(error + fraction - 1) ? 0 : 1;
    sound.fill(whole + samples + Resampler.AFTER + 1);
    resampler.read(sound.samples(), DecodedVoice.AT, fraction, 1, 1, tail, CROSSFADE);
    sound.consume(whole);
    fraction = 0;
  }

  private double error(double wantedTicks) {
    return wantedTicks - sound.ticks() - fraction;
  }

  private void play(double toSpeed, float[] out, int samples) {
    double end = fraction + samples * (speed + toSpeed) / 2;
    int whole = (int) end;
    sound.fill(whole + Resampler.AFTER + 1);
    resampler.read(sound.samples(), DecodedVoice.AT, fraction, speed, toSpeed, out, samples);
    sound.consume(whole);
    fraction = end - whole;
    speed = toSpeed;
  }

  /** Comes near to the wanted time at once; returns whether what comes next has to be blended. */
  private boolean move(double error, double wantedTicks) {
    if (error < 0 && error > -RESTART_TICKS) {
      sound.delay((int) -error);
      return false;
    }
    sound.fill(CROSSFADE + Resampler.AFTER + 1);
    resampler.read(sound.samples(), DecodedVoice.AT, fraction, 1, 1, tail, CROSSFADE);
    if (error > 0 && error < RESTART_TICKS) {
      int skipped = (int) error;
      sound.fill(skipped + CROSSFADE + Resampler.AFTER + 1);
      sound.consume(likest(skipped));
    } else {
      sound.restart((long) Math.floor(wantedTicks));
      fraction = 0;
    }
    return true;
  }

  /** Where, up to 7.5 ms before that sample, the sound is most like the one that is cut off. */
  private int likest(int latest) {
    int best = latest;
    double most = 0;
    for (int at = Math.max(0, latest - SEARCHED); at <= latest; at++) {
      double likeness = likeness(DecodedVoice.AT + at);
      if (likeness > most) {
        most = likeness;
        best = at;
      }
    }
    return best;
  }

  private double likeness(int at) {
    float[] samples = sound.samples();
    double product = 0;
    double energy = 1e-9;
    for (int i = 0; i < CROSSFADE; i += 2) {
      double here = samples[2 * (at + i)] + samples[2 * (at + i) + 1];
      product += here * (tail[2 * i] + tail[2 * i + 1]);
      energy += here * here;
    }
    return product / Math.sqrt(energy);
  }

  /** Leads from where the voice would have gone on to where it is now. */
  private void blend(float[] out) {
    for (int i = 0; i < tail.length; i++) {
      float arrived = i / (float) tail.length;
      out[i] = out[i] * arrived + tail[i] * (1 - arrived);
    }
  }

  /** How fast it is read now: 1 when the source's clock runs as ours. */
  public double speed() {
    return speed;
  }

  /** Samples that had to be made up, silence included. */
  public long concealedSamples() {
    return sound.concealedSamples();
  }

  /** Packets that could not be decoded, came too late or were too many. */
  public long lostPackets() {
    return sound.lostPackets();
  }

  @Override
  public void close() {
    sound.close();
  }
}
