package dev.amphi.composer.api;

/**
 * How small the small picture of a program is: as its canvas, the longer side 256 pixels.
 *
 * @param width pixels, even
 * @param height pixels, even
 */
public record ThumbnailShape(int width, int height) {
  /** From one to the next, of the program's time. */
  public static final int EVERY_S = 5;

  /** No JPEG is longer: one of noise has about 40,000 bytes. */
  public static final int MOST_BYTES = 64 * 1024;

  private static final int LONGEST_SIDE = 256;
  private static final int LEAST = 2;

  /** Of a program; a canvas that is smaller than that is not made larger. */
  public static ThumbnailShape of(CompositionSpec spec) {
    int longest = Math.max(spec.width(), spec.height());
    double scale = Math.min(1, (double) LONGEST_SIDE / longest);
    return new ThumbnailShape(even(spec.width() * scale), even(spec.height() * scale));
  }

  private static int even(double pixels) {
    return Math.max(LEAST, 2 * (int) Math.round(pixels / 2));
  }
}
