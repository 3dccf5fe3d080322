package dev.amphi.composer.codec;

import java.nio.ByteBuffer;

/** A picture in memory of its own, to be drawn by hand: generated sources, stills, tests. */
public final class PlanarPicture implements Picture {
  private final int width;
  private final int height;
  private final ByteBuffer[] planes;

  /** Makes a black picture; a picture of odd size has rounded up chroma planes. */
  public PlanarPicture(int width, int height) {
    this.width = width;
    this.height = height;
    int chroma = half(width) * half(height);
    planes =
        new ByteBuffer[] {
          ByteBuffer.allocateDirect(width * height),
          ByteBuffer.allocateDirect(chroma),
          ByteBuffer.allocateDirect(chroma)
        };
    fill(0, 0, width, height, 16, 128, 128);
  }

  /** Fills a rectangle, whose place and size should be even, with one colour. */
  public void fill(int x, int y, int w, int h, int luma, int cb, int cr) {
    paint(0, x, y, w, h, luma);
    paint(1, x / 2, y / 2, half(w), half(h), cb);
    paint(2, x / 2, y / 2, half(w), half(h), cr);
  }

  private void paint(int index, int x, int y, int w, int h, int value) {
    ByteBuffer plane = planes[index];
    int stride = stride(index);
    for (int row = y; row < y + h; row++) {
      for (int at = row * stride + x; at < row * stride + x + w; at++) {
        plane.put(at, (byte) value);
      }
    }
  }

  private static int half(int size) {
    return (size + 1) / 2;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public ByteBuffer plane(int index) {
    return planes[index].duplicate();
  }

  @Override
  public int stride(int index) {
    return index == 0 ? width : half(width);
  }

  @Override
  public Picture share() {
    return this;
  }

  @Override
  public void close() {}
}
