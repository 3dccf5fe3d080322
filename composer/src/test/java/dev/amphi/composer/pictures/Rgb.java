package dev.amphi.composer.pictures;

import dev.amphi.composer.codec.Picture;
import java.awt.image.BufferedImage;

/** A program's picture (ITU-R BT.601, studio range) as people's tools read it. */
final class Rgb {
  private Rgb() {}

  static BufferedImage of(Picture picture) {
    BufferedImage image =
        new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        double luma = 1.164 * (at(picture, 0, x, y) - 16);
        int cb = at(picture, 1, x / 2, y / 2) - 128;
        int cr = at(picture, 2, x / 2, y / 2) - 128;
        int red = byteOf(luma + 1.596 * cr);
        int green = byteOf(luma - 0.392 * cb - 0.813 * cr);
        int blue = byteOf(luma + 2.017 * cb);
        image.setRGB(x, y, red << 16 | green << 8 | blue);
      }
    }
    return image;
  }

  private static int at(Picture picture, int plane, int x, int y) {
    return picture.plane(plane).get(y * picture.stride(plane) + x) & 0xff;
  }

  private static int byteOf(double value) {
    return (int) Math.max(0, Math.min(255, Math.round(value)));
  }
}
