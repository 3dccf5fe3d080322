package dev.amphi.composer.codec;

import java.nio.ByteBuffer;

/**
 * One decoded picture, planar YUV 4:2:0 with 8 bits, that never changes. Whoever is handed a
 * picture owns it and closes it once; its planes must not be touched after that.
 */
public interface Picture extends AutoCloseable {
  /** Width of the luma plane in pixels. */
  int width();

  /** Height of the luma plane in pixels. */
  int height();

  /**
   * The bytes of a plane from its first row on.
   *
   * @param index 0 luma, 1 Cb, 2 Cr; the latter two have half the width and height, rounded up
   */
  ByteBuffer plane(int index);

  /** Bytes from one row of a plane to the next. */
  int stride(int index);

  /** Makes one more owner, who closes it too; from any thread. */
  Picture share();

  @Override
  void close();
}
