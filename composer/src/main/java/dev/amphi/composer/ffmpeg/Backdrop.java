package dev.amphi.composer.ffmpeg;

import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.layout.Rect;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What lies behind a picture that is too narrow for its tile, as a telephone's held upright: the
 * same picture, filling, blurred and darkened. It is blurred by being scaled down to a few pixels
 * and up again, which costs next to nothing.
 */
final class Backdrop implements AutoCloseable {
  private static final int BLACK = 16;
  private static final int COLUMNS = 32;
  private static final int BRIGHTNESS = 140; // of 256

  private final Rect rect;
  private final Scaler small;
  private @Nullable Scaler large;

  Backdrop(Rect rect) {
    this.rect = rect;
    small =
        new Scaler(COLUMNS, Math.max(2, Rect.even(COLUMNS * rect.height() / rect.width())), false);
  }

  Rect rect() {
    return rect;
  }

  /** Takes another picture. */
  void refresh(Picture picture) {
    small.scale(picture, rect.cover(picture.width(), picture.height()));
    AvPicture pixels = small.target();
    ByteBuffer lumas = pixels.plane(0);
    for (int y = 0; y < pixels.height(); y++) {
      for (int x = 0; x < pixels.width(); x++) {
        int at = y * pixels.stride(0) + x;
        lumas.put(at, (byte) (BLACK + ((lumas.get(at) & 0xff) - BLACK) * BRIGHTNESS / 256));
      }
    }
    Scaler known = large;
    if (known == null) {
      known = new Scaler(rect.width(), rect.height(), true);
      large = known;
    }
    known.scale(pixels, new Rect(0, 0, pixels.width(), pixels.height()));
  }

  /** Puts it onto the canvas. */
  void paint(AvPicture canvas) {
    if (large != null) {
      Brush.copy(canvas, large.target(), rect.x(), rect.y());
    }
  }

  @Override
  public void close() {
    small.close();
    if (large != null) {
      large.close();
    }
  }
}
