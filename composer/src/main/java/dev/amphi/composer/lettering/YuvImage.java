package dev.amphi.composer.lettering;

import dev.amphi.composer.codec.PlanarPicture;
import dev.amphi.composer.scene.Overlay;
import java.awt.image.BufferedImage;

/** Converts drawings to the program's colour space (ITU-R BT.601, studio range). */
public final class YuvImage {
  private YuvImage() {}

  /** The luma of 0xRRGGBB. */
  public static int luma(int rgb) {
    return 16 + (66 * red(rgb) + 129 * green(rgb) + 25 * blue(rgb) + 128) / 256;
  }

  /** Blue difference. */
  public static int cb(int r, int g, int b) {
    return 128 + Math.floorDiv(-38 * r - 74 * g + 112 * b + 128, 256);
  }

  /** Red difference. */
  public static int cr(int r, int g, int b) {
    return 128 + Math.floorDiv(112 * r - 94 * g - 18 * b + 128, 256);
  }

  private static int red(int rgb) {
    return rgb >> 16 & 0xff;
  }

  private static int green(int rgb) {
    return rgb >> 8 & 0xff;
  }

  private static int blue(int rgb) {
    return rgb & 0xff;
  }

  /** Copies an image of even size. */
  public static PlanarPicture picture(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    int[] rgb = image.getRGB(0, 0, width, height, null, 0, width);
    PlanarPicture picture = new PlanarPicture(width, height);
    var lumas = picture.plane(0);
    for (int i = 0; i < rgb.length; i++) {
      lumas.put(i, (byte) luma(rgb[i]));
    }
    var cbs = picture.plane(1);
    var crs = picture.plane(2);
    int half = width / 2;
    for (int y = 0; y < height / 2; y++) {
      for (int x = 0; x < half; x++) {
        int at = 2 * y * width + 2 * x;
        int[] four = {rgb[at], rgb[at + 1], rgb[at + width], rgb[at + width + 1]};
        int r = 0;
        int g = 0;
        int b = 0;
        for (int pixel : four) {
          r += red(pixel);
          g += green(pixel);
          b += blue(pixel);
        }
        cbs.put(y * half + x, (byte) cb(r / 4, g / 4, b / 4));
        crs.put(y * half + x, (byte) cr(r / 4, g / 4, b / 4));
      }
    }
    return picture;
  }

  /** Copies a drawing of even size without its colours. */
  static Overlay overlay(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    int[] argb = image.getRGB(0, 0, width, height, null, 0, width);
    byte[] lumas = new byte[argb.length];
    byte[] alphas = new byte[argb.length];
    for (int i = 0; i < argb.length; i++) {
      lumas[i] = (byte) luma(argb[i]);
      alphas[i] = (byte) (argb[i] >>> 24);
    }
    return new Overlay(width, height, lumas, alphas);
  }

  /**
   * Copies a drawing of even size with its colours.
   *
   * @param opacity of all of it, 0 to 255
   */
  static Overlay overlay(BufferedImage image, int opacity) {
    Overlay grey = overlay(image);
    int width = image.getWidth();
    int half = width / 2;
    int quarter = half * (image.getHeight() / 2);
    int[] argb = image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
    byte[] chroma = new byte[2 * quarter];
    for (int i = 0; i < quarter; i++) {
      int at = i / half * 2 * width + i % half * 2;
      int[] four = {argb[at], argb[at + 1], argb[at + width], argb[at + width + 1]};
      int[] rgb = mean(four);
      chroma[i] = (byte) cb(rgb[0], rgb[1], rgb[2]);
      chroma[quarter + i] = (byte) cr(rgb[0], rgb[1], rgb[2]);
    }
    byte[] alphas = grey.alpha();
    for (int i = 0; i < alphas.length; i++) {
      alphas[i] = (byte) ((alphas[i] & 0xff) * opacity / 255);
    }
    return new Overlay(width, image.getHeight(), grey.luma(), alphas, chroma);
  }

  /** Each pixel counts as much as it covers. */
  private static int[] mean(int[] argb) {
    int[] sums = new int[3];
    int weight = 0;
    for (int pixel : argb) {
      int alpha = pixel >>> 24;
      weight += alpha;
      sums[0] += alpha * red(pixel);
      sums[1] += alpha * green(pixel);
      sums[2] += alpha * blue(pixel);
    }
    for (int i = 0; i < 3; i++) {
      sums[i] = weight == 0 ? 0 : sums[i] / weight;
    }
    return sums;
  }
}
