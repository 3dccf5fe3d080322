package dev.amphi.composer.composition;

import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.codec.AudioEncoder;
import java.nio.ByteBuffer;

/** The way of the program's sound from mixed blocks to AAC frames of 1,024 samples. */
final class SoundLine {
  private static final int RATE = 48_000;

  private final AudioEncoder encoder;
  private final ProgramOutput output;
  private final float[] frame;
  private int filled;
  private long timeTicks;

  /** Opens the encoder and tells the format. */
  SoundLine(int bitrateBps, ProgramCodecs codecs, ProgramOutput output) {
    this.encoder = codecs.aacEncoder(bitrateBps);
    this.output = output;
    this.frame = new float[2 * encoder.frameSamples()];
    output.format(CompositionSpec.AUDIO, false, 0, 0, encoder.config(), RATE);
  }

  /** Takes the next block of interleaved stereo. */
  void add(float[] block) {
    int at = 0;
    while (at < block.length) {
      int count = Math.min(block.length - at, frame.length - filled);
      System.arraycopy(block, at, frame, filled, count);
      at += count;
      filled += count;
      if (filled == frame.length) {
        encoder.encode(frame, timeTicks, this::coded);
        timeTicks += encoder.frameSamples();
        filled = 0;
      }
    }
  }

  private void coded(ByteBuffer payload, long time, boolean sync) {
    output.sample(CompositionSpec.AUDIO, payload, time, encoder.frameSamples(), sync);
  }

  void finish() {
    encoder.finish(this::coded);
    encoder.close();
  }
}
