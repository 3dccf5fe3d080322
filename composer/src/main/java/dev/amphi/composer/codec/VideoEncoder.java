package dev.amphi.composer.codec;

import java.nio.ByteBuffer;

/** Encodes pictures in the order they are shown, without B-frames; for one thread at a time. */
public interface VideoEncoder extends AutoCloseable {
  /** The avcC box's content (ISO 14496-15 §5.3.3.1); empty for VP8. */
  ByteBuffer config();

  /**
   * Encodes one picture, which stays the caller's.
   *
   * @param keyFrame whether this picture must be an IDR or VP8 key frame
   */
  void encode(Picture picture, long timeTicks, boolean keyFrame, CodedSink sink);

  /** Gives out what the encoder still holds; nothing can be encoded after that. */
  void finish(CodedSink sink);

  @Override
  void close();
}
