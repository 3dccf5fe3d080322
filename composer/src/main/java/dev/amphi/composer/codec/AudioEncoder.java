package dev.amphi.composer.codec;

import java.nio.ByteBuffer;

/** Encodes 48 kHz stereo; for one thread at a time. */
public interface AudioEncoder extends AutoCloseable {
  /** The AudioSpecificConfig (ISO 14496-3 §1.6.2.1), or an OpusHead (RFC 7845 §5.1). */
  ByteBuffer config();

  /** Samples per channel that each call of {@link #encode} takes: 1,024 for AAC, 960 for Opus. */
  int frameSamples();

  /**
   * Encodes one frame of sound.
   *
   * <p>The encoder's delay is already taken out: what comes with time t is heard at t.
   *
   * @param interleaved 2 × {@link #frameSamples} samples in −1…1
   * @param timeTicks time of the first sample, in units of 1/48,000 s; rises by the frame's length
   */
  void encode(float[] interleaved, long timeTicks, CodedSink sink);

  /** Gives out what the encoder still holds; nothing can be encoded after that. */
  void finish(CodedSink sink);

  @Override
  void close();
}
