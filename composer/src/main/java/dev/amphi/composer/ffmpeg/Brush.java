package dev.amphi.composer.ffmpeg;

import dev.amphi.composer.layout.Rect;
import dev.amphi.composer.scene.Overlay;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** Paints on the canvas's planes; every place and size is even. */
final class Brush {
  private static final int GROUND_LUMA = 30;
  private static final int GROUND_CB = 131;
  private static final int GROUND_CR = 127;

  private static final long BYTES = 0x00FF_00FF_00FF_00FFL;
  private static final long HALVES = 0x0080_0080_0080_0080L;

  private Brush() {}

  /** Fills a rectangle with what is behind all tiles. */
  static void ground(AvPicture canvas, Rect rect) {
    fill(canvas, rect, GROUND_LUMA, GROUND_CB, GROUND_CR);
  }

  /** Fills a rectangle with one colour; what lies outside of the canvas is left out. */
  static void fill(AvPicture canvas, Rect wanted, int luma, int cb, int cr) {
    Rect rect = wanted.within(canvas.width(), canvas.height());
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
    copy(canvas, picture, new Rect(0, 0, picture.width(), picture.height()), x, y);
  }

  /** Copies a rectangle from a picture of the same size. */
  static void copy(AvPicture canvas, AvPicture other, Rect rect) {
    copy(canvas, other, rect, rect.x(), rect.y());
  }

  /**
   * Copies a part of a picture to a place; what would lie outside of the canvas, or is not in the
   * picture, is left out: nothing else would keep it from other memory.
   */
  static void copy(AvPicture canvas, AvPicture picture, Rect part, int x, int y) {
    int left = Math.max(0, Math.max(-x, -part.x()));
    int top = Math.max(0, Math.max(-y, -part.y()));
    int right = Math.min(part.width(), Math.min(canvas.width() - x, picture.width() - part.x()));
    int bottom =
        Math.min(part.height(), Math.min(canvas.height() - y, picture.height() - part.y()));
    if (left >= right || top >= bottom) {
      return;
    }
    for (int plane = 0; plane < 3; plane++) {
      int shift = plane == 0 ? 0 : 1;
      avutil.av_image_copy_plane(
          at(canvas, plane, (x + left) >> shift, (y + top) >> shift),
          canvas.stride(plane),
          at(picture, plane, (part.x() + left) >> shift, (part.y() + top) >> shift),
          picture.stride(plane),
          (right - left) >> shift,
          (bottom - top) >> shift);
    }
  }

  private static BytePointer at(AvPicture canvas, int plane, int x, int y) {
    return canvas.at(plane, (long) y * canvas.stride(plane) + x);
  }

  /**
   * Lays an overlay over what is there.
   *
   * @param x even; may be left of the place
   * @param place what lies outside is left as it is
   * @param opacity of the whole overlay, 0 to 255
   */
  static void blend(AvPicture canvas, Overlay overlay, int x, int y, Rect place, int opacity) {
    Rect clip = place.within(canvas.width(), canvas.height());
    int left = Math.max(0, clip.x() - x);
    int width = Math.min(overlay.width(), clip.x() + clip.width() - x) - left;
    int top = Math.max(0, clip.y() - y);
    int bottom = Math.min(overlay.height(), clip.y() + clip.height() - y);
    if (width <= 0) {
      return;
    }
    byte[] alpha = overlay.alpha();
    byte[] luma = overlay.luma();
    byte[] pixels = new byte[width]; // a row at a time, since single bytes of a buffer are slow
    boolean whole = opacity == 255;
    ByteBuffer lumas = canvas.plane(0);
    for (int row = top; row < bottom; row++) {
      int to = (y + row) * canvas.stride(0) + x + left;
      int from = row * overlay.width() + left;
      lumas.get(to, pixels);
      for (int i = 0; i < width; i++) {
        int level = alpha[from + i] & 0xff;
        level = whole ? level : level * opacity / 255;
        pixels[i] = mixed(luma[from + i] & 0xff, pixels[i] & 0xff, level);
      }
      lumas.put(to, pixels);
    }
    for (int plane = 1; plane < 3; plane++) {
      ByteBuffer chroma = canvas.plane(plane);
      for (int row = top / 2; row < bottom / 2; row++) {
        int to = (y / 2 + row) * canvas.stride(plane) + (x + left) / 2;
        int over = 2 * row * overlay.width() + left;
        int under = over + overlay.width();
        chroma.get(to, pixels, 0, width / 2);
        for (int column = 0; column < width / 2; column++, over += 2, under += 2) {
          int sum = (alpha[over] & 0xff) + (alpha[over + 1] & 0xff);
          sum += (alpha[under] & 0xff) + (alpha[under + 1] & 0xff);
          int level = whole ? sum >> 2 : (sum >> 2) * opacity / 255;
          int colour = overlay.chroma(plane, left / 2 + column, row);
          pixels[column] = mixed(colour, pixels[column] & 0xff, level);
        }
        chroma.put(to, pixels, 0, width / 2);
      }
    }
  }

  /**
   * Mixes a part of another picture of the canvas's size into the canvas, eight pixels at a time.
   *
   * @param opacity of the other picture, 0 to 255
   */
  static void mix(AvPicture canvas, AvPicture layer, Rect wanted, int opacity) {
    Rect rect = wanted.within(canvas.width(), canvas.height());
    int share = opacity + (opacity >> 7); // of 256
    for (int plane = 0; plane < 3; plane++) {
      int shift = plane == 0 ? 0 : 1;
      int bytes = rect.width() >> shift;
      ByteBuffer below = canvas.plane(plane);
      ByteBuffer above = layer.plane(plane);
      for (int row = rect.y() >> shift; row < (rect.y() + rect.height()) >> shift; row++) {
        int at = row * canvas.stride(plane) + (rect.x() >> shift);
        int from = row * layer.stride(plane) + (rect.x() >> shift);
        int i = 0;
        for (; i + 8 <= bytes; i += 8) {
          below.putLong(at + i, eight(above.getLong(from + i), below.getLong(at + i), share));
        }
        for (; i < bytes; i++) {
          below.put(at + i, (byte) eight(above.get(from + i), below.get(at + i), share));
        }
      }
    }
  }

  /** Eight bytes each: four of them at a time have room for their products. */
  private static long eight(long above, long below, int share) {
    long even = (above & BYTES) * share + (below & BYTES) * (256 - share) + HALVES;
    long odd = (above >>> 8 & BYTES) * share + (below >>> 8 & BYTES) * (256 - share) + HALVES;
    return (even >>> 8 & BYTES) | (odd & ~BYTES);
  }

  private static byte mixed(int over, int under, int alpha) {
    int sum = over * alpha + under * (255 - alpha) + 127;
    return (byte) ((sum + 1 + (sum >> 8)) >> 8); // sum / 255, for all sums up to 65,534
  }
}
