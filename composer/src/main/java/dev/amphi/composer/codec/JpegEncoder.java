package dev.amphi.composer.codec;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Makes small JPEGs of pictures of any size; for one thread at a time. */
public interface JpegEncoder extends AutoCloseable {
  /**
   * Makes one of a picture, which stays the caller's.
   *
   * @param sink takes the whole file (ITU-T T.81, baseline, YCbCr as JFIF has it), valid during the
   *     call only
   */
  void encode(Picture picture, Consumer<ByteBuffer> sink);

  @Override
  void close();
}
