package dev.amphi.composer.ffmpeg;

import dev.amphi.composer.codec.AudioDecoder;
import java.nio.ByteBuffer;

/**
 * Decodes Opus with two decoders. FFmpeg's own needs a quarter of libopus' time, but cannot make up
 * what a lost packet held; libopus can. So libopus rests while nothing is lost. When something is,
 * it is brought up to date with the last packets, conceals, and goes on until the other one, which
 * missed the same packet, is in step again: a decoder forgets half of its past with each frame.
 */
final class OpusDecoder implements AudioDecoder {
  /** Packets that libopus hears before it conceals. */
  static final int REMEMBERED = 6;

  /** Packets after a loss that libopus decodes. */
  static final int CAREFUL = 10;

  /** A packet without a whole frame in it, as in a pause that is not sent (RFC 6716 §3.1, §3.2). */
  private static final int LEAST_BYTES = 3;

  private static final int STEP = 96; // samples, 2 ms

  private final AvAudioDecoder quick;
  private final AvAudioDecoder careful;
  private final ByteBuffer[] recent = new ByteBuffer[REMEMBERED];
  private final float[] other = new float[2 * MAX_SAMPLES];
  private final float[] next = new float[2];
  private long remembered;
  private boolean joins;
  private int toGo;

  /** Takes both over: FFmpeg's own decoder and libopus. */
  OpusDecoder(AvAudioDecoder quick, AvAudioDecoder careful) {
    this.quick = quick;
    this.careful = careful;
    for (int i = 0; i < REMEMBERED; i++) {
      recent[i] = ByteBuffer.allocate(0);
    }
  }

  @Override
  public int decode(ByteBuffer coded, float[] out) {
    if (!coded.hasRemaining()) {
      return -1;
    }
    boolean whole = coded.remaining() >= LEAST_BYTES;
    if (!whole) {
      takeCare();
    }
    remember(coded);
    int samples = toGo == 0 ? quick.decode(coded, out) : carefully(coded, whole, out);
    expect(out, samples);
    return samples;
  }

  private int carefully(ByteBuffer coded, boolean whole, float[] out) {
    int samples = careful.decode(coded, out);
    join(out, samples);
    int same = whole ? quick.decode(coded, other) : -1;
    if (toGo > 1) {
      toGo--;
    } else if (samples == same && samples > 0) {
      toGo = 0;
      lead(out, samples);
    }
    return samples;
  }

  @Override
  public int conceal(float[] out, int most) {
    if (remembered == 0) {
      return 0;
    }
    takeCare();
    int samples = careful.conceal(out, most);
    join(out, samples);
    return samples;
  }

  /** From here on libopus decodes. */
  private void takeCare() {
    if (toGo == 0) {
      careful.flush();
      for (long i = Math.max(0, remembered - REMEMBERED); i < remembered; i++) {
        careful.decode(recent[(int) (i % REMEMBERED)], other);
      }
      joins = true;
    }
    toGo = CAREFUL;
  }

  /** What would come next if the sound went straight on. */
  private void expect(float[] out, int samples) {
    for (int i = 0; i < 2 && samples > 1; i++) {
      next[i] = 2 * out[2 * samples - 2 + i] - out[2 * samples - 4 + i];
    }
  }

  /** Fades the step from the one's last sound to the other's first away. */
  private void join(float[] out, int samples) {
    boolean wanted = joins;
    joins = false; // only what follows at once can be joined
    if (!wanted || samples < STEP) {
      return;
    }
    float left = next[0] - out[0];
    float right = next[1] - out[1];
    for (int i = 0; i < STEP; i++) {
      float rest = (float) (0.5 + 0.5 * Math.cos(Math.PI * i / STEP));
      out[2 * i] += left * rest;
      out[2 * i + 1] += right * rest;
    }
  }

  private void remember(ByteBuffer coded) {
    int at = (int) (remembered++ % REMEMBERED);
    ByteBuffer room = recent[at];
    if (room.capacity() < coded.remaining()) {
      room = ByteBuffer.allocate(2 * coded.remaining());
      recent[at] = room;
    }
    room.clear().put(coded.duplicate()).flip();
  }

  /** From the one's sound to the other's, which is the same but for a few samples of delay. */
  private void lead(float[] out, int samples) {
    for (int i = 0; i < samples; i++) {
      float arrived = i / (float) samples;
      out[2 * i] += (other[2 * i] - out[2 * i]) * arrived;
      out[2 * i + 1] += (other[2 * i + 1] - out[2 * i + 1]) * arrived;
    }
  }

  /** Whether libopus decodes now. */
  boolean careful() {
    return toGo > 0;
  }

  @Override
  public void close() {
    quick.close();
    careful.close();
  }
}
