package dev.amphi.composer.codec;

import java.nio.ByteBuffer;

/** Decodes one source's sound to 48 kHz stereo; for one thread at a time. */
public interface AudioDecoder extends AutoCloseable {
  /** The longest that one packet may hold: 120 ms (RFC 6716 §3.2.5), in samples per channel. */
  int MAX_SAMPLES = 5_760;

  /**
   * Decodes one packet; never throws because of what the bytes are.
   *
   * @param out takes interleaved left and right samples in −1…1; at least 2 × {@link #MAX_SAMPLES}
   * @return samples per channel that were written, or -1 when the packet could not be decoded
   */
  int decode(ByteBuffer coded, float[] out);

  /**
   * Makes up what a lost packet may have held, from what was decoded before it; what is decoded
   * next then joins without a seam.
   *
   * @param out as {@link #decode} takes it
   * @param most samples per channel that are missing; when the decoder would make more, it makes
   *     none
   * @return samples per channel that were written; 0 from a decoder that cannot
   */
  default int conceal(float[] out, int most) {
    return 0;
  }

  @Override
  void close();
}
