package dev.amphi.composer.slides;

/** How alike two pictures' luma planes are, and how much of the edges is left. */
final class Sharpness {
  private static final int WINDOW = 8;
  private static final double C1 = Math.pow(0.01 * 255, 2);
  private static final double C2 = Math.pow(0.03 * 255, 2);

  private Sharpness() {}

  /**
   * The mean structural similarity (Wang et al. 2004) over windows of 8×8 that do not overlap, of
   * those only where the first picture has something: empty paper would praise any coder.
   */
  static double ssim(byte[] a, byte[] b, int width, int height) {
    double sum = 0;
    int windows = 0;
    for (int y = 0; y + WINDOW <= height; y += WINDOW) {
      for (int x = 0; x + WINDOW <= width; x += WINDOW) {
        double one = window(a, b, width, x, y);
        if (!Double.isNaN(one)) {
          sum += one;
          windows++;
        }
      }
    }
    return sum / windows;
  }

  private static double window(byte[] a, byte[] b, int width, int left, int top) {
    double sumA = 0;
    double sumB = 0;
    double squaresA = 0;
    double squaresB = 0;
    double products = 0;
    for (int y = top; y < top + WINDOW; y++) {
      for (int x = left; x < left + WINDOW; x++) {
        double p = a[y * width + x] & 0xff;
        double q = b[y * width + x] & 0xff;
        sumA += p;
        sumB += q;
        squaresA += p * p;
        squaresB += q * q;
        products += p * q;
      }
    }
    double n = WINDOW * WINDOW;
    double meanA = sumA / n;
    double meanB = sumB / n;
    double varianceA = squaresA / n - meanA * meanA;
    double varianceB = squaresB / n - meanB * meanB;
    if (varianceA < 25) {
      return Double.NaN;
    }
    double covariance = products / n - meanA * meanB;
    return (2 * meanA * meanB + C1)
        * (2 * covariance + C2)
        / ((meanA * meanA + meanB * meanB + C1) * (varianceA + varianceB + C2));
  }

  /** The part of the differences between neighbours in a row that is left in the second picture. */
  static double edges(byte[] a, byte[] b, int width, int height) {
    long before = 0;
    long after = 0;
    for (int y = 0; y < height; y++) {
      for (int at = y * width; at < y * width + width - 1; at++) {
        int step = Math.abs((a[at] & 0xff) - (a[at + 1] & 0xff));
        if (step > 32) {
          before += step;
          after += Math.abs((b[at] & 0xff) - (b[at + 1] & 0xff));
        }
      }
    }
    return (double) after / before;
  }
}
