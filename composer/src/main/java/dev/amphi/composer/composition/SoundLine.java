package dev.amphi.composer.composition;

import dev.amphi.composer.codec.AudioEncoder;
import dev.amphi.composer.codec.CodedSink;

/** The way of one mix from blocks to coded frames of the encoder's length. */
final class SoundLine {
  private final AudioEncoder encoder;
  private final CodedSink sink;
  private final float[] frame;
  private int filled;
  private long timeTicks;

  /**
   * Takes the encoder over.
   *
   * @param startTicks the time of the first sample that comes, in 1/48,000 s
   */
  SoundLine(AudioEncoder encoder, long startTicks, CodedSink sink) {
    this.encoder = encoder;
    this.sink = sink;
    this.timeTicks = startTicks;
    this.frame = new float[2 * encoder.frameSamples()];
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
        encoder.encode(frame, timeTicks, sink);
        timeTicks += encoder.frameSamples();
        filled = 0;
      }
    }
  }

  /** Gives out what the encoder holds, and frees it. */
  void finish() {
    encoder.finish(sink);
    encoder.close();
  }

  /** Frees the encoder. */
  void drop() {
    encoder.close();
  }
}
