package dev.amphi.composer.pictures;

import java.awt.image.BufferedImage;

/**
 * How alike two pictures look: the structural similarity of Wang, Bovik, Sheikh and Simoncelli
 * (2004) over windows of 8×8 pixels, 4 apart, of each colour.
 *
 * @param mean of all windows; 1 for equal pictures
 * @param worst the mean of the one of 16×9 cells that is least alike, so that one wrong word counts
 *     as much as a wrong layout
 */
record Ssim(double mean, double worst) {
  private static final int WINDOW = 8;
  private static final int STEP = 4;
  private static final int COLUMNS = 16;
  private static final int ROWS = 9;
  private static final double C1 = Math.pow(0.01 * 255, 2);
  private static final double C2 = Math.pow(0.03 * 255, 2);

  static Ssim of(BufferedImage a, BufferedImage b) {
    if (a.getWidth() != b.getWidth() || a.getHeight() != b.getHeight()) {
      return new Ssim(0, 0);
    }
    double[] sums = new double[COLUMNS * ROWS];
    int[] counts = new int[COLUMNS * ROWS];
    for (int y = 0; y + WINDOW <= a.getHeight(); y += STEP) {
      for (int x = 0; x + WINDOW <= a.getWidth(); x += STEP) {
        int cell = y * ROWS / a.getHeight() * COLUMNS + x * COLUMNS / a.getWidth();
        for (int shift = 0; shift <= 16; shift += 8) {
          sums[cell] += window(a, b, x, y, shift);
          counts[cell]++;
        }
      }
    }
    double all = 0;
    double worst = 1;
    for (int i = 0; i < sums.length; i++) {
      all += sums[i] / counts[i] / sums.length;
      worst = Math.min(worst, sums[i] / counts[i]);
    }
    return new Ssim(all, worst);
  }

  private static double window(BufferedImage a, BufferedImage b, int x, int y, int shift) {
    double sumA = 0;
    double sumB = 0;
    double squaresA = 0;
    double squaresB = 0;
    double products = 0;
    for (int row = y; row < y + WINDOW; row++) {
      for (int column = x; column < x + WINDOW; column++) {
        int left = a.getRGB(column, row) >> shift & 0xff;
        int right = b.getRGB(column, row) >> shift & 0xff;
        sumA += left;
        sumB += right;
        squaresA += left * left;
        squaresB += right * right;
        products += left * right;
      }
    }
    int pixels = WINDOW * WINDOW;
    double meanA = sumA / pixels;
    double meanB = sumB / pixels;
    double varianceA = squaresA / pixels - meanA * meanA;
    double varianceB = squaresB / pixels - meanB * meanB;
    double covariance = products / pixels - meanA * meanB;
    return (2 * meanA * meanB + C1)
        * (2 * covariance + C2)
        / ((meanA * meanA + meanB * meanB + C1) * (varianceA + varianceB + C2));
  }
}
