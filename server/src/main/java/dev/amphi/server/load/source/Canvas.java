package dev.amphi.server.load.source;

import dev.amphi.composer.codec.Picture;
import java.nio.ByteBuffer;

/**
 * A planar 4:2:0 picture with a few drawing operations. Coordinates may lie outside: what is
 * outside is not drawn. Not thread-safe; {@link #close} does nothing, the collector frees it.
 */
final class Canvas implements Picture {
  private final int width;
  private final int height;
  private final ByteBuffer[] planes;

  /** Makes a picture with undefined content; the size must be even. */
  Canvas(int width, int height) {
    if (width <= 0 || height <= 0 || width % 2 != 0 || height % 2 != 0) {
      throw new IllegalArgumentException(
          "A picture's sides must be even and positive, these are %d×%d".formatted(width, height));
    }
    this.width = width;
    this.height = height;
    int chroma = width / 2 * (height / 2);
    planes =
        new ByteBuffer[] {
          ByteBuffer.allocateDirect(width * height),
          ByteBuffer.allocateDirect(chroma),
          ByteBuffer.allocateDirect(chroma)
        };
  }

  /** Takes the content of a picture of the same size. */
  void copy(Canvas other) {
    for (int i = 0; i < planes.length; i++) {
      planes[i].put(0, other.planes[i], 0, planes[i].capacity());
    }
  }

  /** Fills a rectangle; chroma follows at half the resolution. */
  void rectangle(int x, int y, int w, int h, Yuv colour) {
    fill(0, x, y, w, h, colour.luma());
    fill(1, half(x), half(y), half(x + w) - half(x), half(y + h) - half(y), colour.cb());
    fill(2, half(x), half(y), half(x + w) - half(x), half(y + h) - half(y), colour.cr());
  }

  private static int half(int value) {
    return (value + 1) >> 1;
  }

  private void fill(int index, int x, int y, int w, int h, int value) {
    ByteBuffer plane = planes[index];
    int stride = stride(index);
    int right = Math.min(x + w, stride);
    int bottom = Math.min(y + h, rows(index));
    for (int row = Math.max(0, y); row < bottom; row++) {
      for (int column = Math.max(0, x); column < right; column++) {
        plane.put(row * stride + column, (byte) value);
      }
    }
  }

  /** Fills an ellipse with soft edges. */
  void ellipse(double centreX, double centreY, double radiusX, double radiusY, Yuv colour) {
    blob(0, centreX, centreY, radiusX, radiusY, colour.luma());
    blob(1, centreX / 2, centreY / 2, radiusX / 2, radiusY / 2, colour.cb());
    blob(2, centreX / 2, centreY / 2, radiusX / 2, radiusY / 2, colour.cr());
  }

  private void blob(int index, double cx, double cy, double rx, double ry, int value) {
    ByteBuffer plane = planes[index];
    int stride = stride(index);
    int right = Math.min(stride, (int) Math.ceil(cx + rx + 1));
    int bottom = Math.min(rows(index), (int) Math.ceil(cy + ry + 1));
    double edge = Math.min(rx, ry);
    for (int row = Math.max(0, (int) (cy - ry - 1)); row < bottom; row++) {
      double dy = (row + 0.5 - cy) / ry;
      for (int column = Math.max(0, (int) (cx - rx - 1)); column < right; column++) {
        double dx = (column + 0.5 - cx) / rx;
        double cover = 0.5 + (1 - Math.sqrt(dx * dx + dy * dy)) * edge;
        if (cover >= 1) {
          plane.put(row * stride + column, (byte) value);
        } else if (cover > 0) {
          int at = row * stride + column;
          int before = plane.get(at) & 0xff;
          plane.put(at, (byte) (before + (value - before) * cover));
        }
      }
    }
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
    return index == 0 ? width : width / 2;
  }

  private int rows(int index) {
    return index == 0 ? height : height / 2;
  }

  @Override
  public Picture share() {
    return this; // the collector owns it, so that closing either harms nobody
  }

  @Override
  public void close() {}
}
