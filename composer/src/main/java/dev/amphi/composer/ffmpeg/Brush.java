package dev.amphi.composer.ffmpeg;

import dev.amphi.composer.layout.Rect;
import dev.amphi.composer.scene.Overlay;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** Paints on the canvas's planes; every place and size is even. */
final class Brush {
  private Brush() {}

  /** Fills a rectangle with one colour. */
  static void fill(AvPicture canvas, Rect rect, int luma, int cb, int cr) {
    int[] colour = {luma, cb, cr};
    for (int plane = 0; plane < 3; plane++) {
      int shift = plane == 0 ? 0 : 1;
      for (int row = rect.y() >> shift; row < (rect.y() + rect.height()) >> shift; row++) {
        Pointer.memset(
            at(canvas, plane, rect.x() >> shift, row), colour[plane], rect.width() >> shift);
      }
    }
  }

  /** Copies a picture to a place. */
  static void copy(AvPicture canvas, AvPicture picture, int x, int y) {
    for (int plane = 0; plane < 3; plane++) {
      int shift = plane == 0 ? 0 : 1;
      avutil.av_image_copy_plane(
          at(canvas, plane, x >> shift, y >> shift),
          canvas.stride(plane),
          picture.frame().data(plane),
          picture.stride(plane),
          picture.width() >> shift,
          picture.height() >> shift);
    }
  }

  private static BytePointer at(AvPicture canvas, int plane, int x, int y) {
    return canvas.frame().data(plane).position((long) y * canvas.stride(plane) + x);
  }

  /** Lays an overlay over what is there. */
  static void blend(AvPicture canvas, Overlay overlay, int x, int y) {
    int width = overlay.width();
    byte[] alpha = overlay.alpha();
    ByteBuffer lumas = canvas.plane(0);
    for (int row = 0; row < overlay.height(); row++) {
      int to = (y + row) * canvas.stride(0) + x;
      for (int from = row * width; from < (row + 1) * width; from++, to++) {
        int mine = overlay.luma()[from] & 0xff;
        lumas.put(to, mixed(mine, lumas.get(to) & 0xff, alpha[from] & 0xff));
      }
    }
    for (int plane = 1; plane < 3; plane++) {
      ByteBuffer chroma = canvas.plane(plane);
      for (int row = 0; row < overlay.height() / 2; row++) {
        int to = (y / 2 + row) * canvas.stride(plane) + x / 2;
        for (int column = 0; column < width / 2; column++, to++) {
          int from = 2 * row * width + 2 * column;
          int sum = (alpha[from] & 0xff) + (alpha[from + 1] & 0xff);
          sum += (alpha[from + width] & 0xff) + (alpha[from + width + 1] & 0xff);
          chroma.put(to, mixed(128, chroma.get(to) & 0xff, sum / 4));
        }
      }
    }
  }

  private static byte mixed(int over, int under, int alpha) {
    return (byte) ((over * alpha + under * (255 - alpha) + 127) / 255);
  }
}
