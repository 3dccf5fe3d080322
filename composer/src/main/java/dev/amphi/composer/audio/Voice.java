package dev.amphi.composer.audio;

import dev.amphi.composer.codec.AudioDecoder;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * One source's sound on its way into the mix: a jitter buffer that is read by time, not by arrival.
 *
 * <p>The reader says which tick of the source it wants to hear. Small differences from where the
 * last read ended are caught up by playing up to one per cent faster or slower, large ones by a
 * jump; packets that are not there in time are concealed.
 */
public final class Voice implements AutoCloseable {
  private static final int JUMP_TICKS = 2_880; // 60 ms
  private static final int TOLERANCE_TICKS = 192; // 4 ms
  private static final int CORRECTION_DIVISOR = 32;

  private final AudioDecoder decoder;
  private final PacketBuffer packets = new PacketBuffer();
  private final Concealment concealment = new Concealment();
  private final float[] decoded = new float[2 * AudioDecoder.MAX_SAMPLES];
  private final float[] ready = new float[4 * AudioDecoder.MAX_SAMPLES];
  private final float[] tail = new float[2 * Concealment.CROSSFADE];
  private int readyCount;
  private long readyTicks;
  private boolean started;
  private long concealedSamples;
  private long brokenPackets;

  /** Takes the decoder over. */
  public Voice(AudioDecoder decoder) {
    this.decoder = decoder;
  }

  /** Adds a coded packet, in any order. */
  public void packet(long ticks, ByteBuffer payload) {
    packets.offer(ticks, payload);
  }

  /**
   * Reads sound.
   *
   * @param wantedTicks the source's time that the first sample should have
   * @param out takes interleaved stereo
   */
  public void read(long wantedTicks, float[] out, int samples) {
    if (!started && packets.firstTicks() == Long.MAX_VALUE) {
      Arrays.fill(out, 0, 2 * samples, 0);
      return;
    }
    long error = wantedTicks - readyTicks;
    boolean jumps = started && Math.abs(error) > JUMP_TICKS;
    if (jumps) {
      fill(Concealment.CROSSFADE);
      System.arraycopy(ready, 0, tail, 0, tail.length);
    }
    if (jumps || !started) {
      jump(wantedTicks);
      error = 0;
    }
    int span = samples;
    if (Math.abs(error) > TOLERANCE_TICKS) {
      int most = samples / 100;
      span += (int) Math.max(-most, Math.min(most, error / CORRECTION_DIVISOR));
    }
    fill(span + 1);
    resample(span, out, samples);
    consume(span);
    if (jumps) {
      blend(out);
    }
  }

  /** Leads from where the voice would have gone on to where it jumped. */
  private void blend(float[] out) {
    for (int i = 0; i < tail.length; i++) {
      float arrived = i / (float) tail.length;
      out[i] = out[i] * arrived + tail[i] * (1 - arrived);
    }
  }

  private void jump(long wantedTicks) {
    started = true;
    readyCount = 0;
    readyTicks = wantedTicks;
    packets.dropBefore(wantedTicks - AudioDecoder.MAX_SAMPLES);
  }

  /** Decodes or conceals until that many samples are ready. */
  private void fill(int samples) {
    while (readyCount < samples) {
      long next = readyTicks + readyCount;
      long first = packets.firstTicks();
      if (first > next) {
        int gap = (int) Math.min(samples - readyCount, first - next);
        concealment.extend(ready, readyCount, gap);
        readyCount += gap;
        concealedSamples += gap;
      } else {
        decodeFirst((int) Math.min(AudioDecoder.MAX_SAMPLES, next - first));
      }
    }
  }

  /** Decodes the first packet and appends it, without what comes too late. */
  private void decodeFirst(int late) {
    byte[] packet = packets.take();
    int count = packet == null ? -1 : decoder.decode(ByteBuffer.wrap(packet), decoded);
    if (count < 0) {
      brokenPackets++;
      return;
    }
    int usable = Math.min(count - late, ready.length / 2 - readyCount);
    if (usable <= 0) {
      return;
    }
    concealment.resume(decoded, late, usable);
    concealment.heard(decoded, late, usable);
    System.arraycopy(decoded, 2 * late, ready, 2 * readyCount, 2 * usable);
    readyCount += usable;
  }

  /** Stretches or squeezes {@code span} samples into {@code samples}, by linear interpolation. */
  private void resample(int span, float[] out, int samples) {
    if (span == samples) {
      System.arraycopy(ready, 0, out, 0, 2 * samples);
      return;
    }
    double step = span / (double) samples;
    for (int i = 0; i < samples; i++) {
      double position = i * step;
      int at = (int) position;
      float part = (float) (position - at);
      out[2 * i] = ready[2 * at] * (1 - part) + ready[2 * at + 2] * part;
      out[2 * i + 1] = ready[2 * at + 1] * (1 - part) + ready[2 * at + 3] * part;
    }
  }

  private void consume(int samples) {
    System.arraycopy(ready, 2 * samples, ready, 0, 2 * (readyCount - samples));
    readyCount -= samples;
    readyTicks += samples;
  }

  /** Samples that had to be made up, silence included. */
  public long concealedSamples() {
    return concealedSamples;
  }

  /** Packets that could not be decoded or were dropped because too many waited. */
  public long lostPackets() {
    return brokenPackets + packets.dropped();
  }

  @Override
  public void close() {
    decoder.close();
  }
}
