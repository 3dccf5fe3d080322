package dev.amphi.composer.audio;

/**
 * The ear's weighting of one channel at 48 kHz: a shelf for the head and a high-pass (ITU-R BS.1770
 * annex 1, tables 1 and 2).
 */
final class KWeighting {
  private static final double DENORMAL = 1e-30; // what is below only slows the machine down

  private double shelf1;
  private double shelf2;
  private double pass1;
  private double pass2;

  /** Weights one sample. */
  double weight(double sample) {
    double in = whole(sample + 1.69065929318241 * shelf1 - 0.73248077421585 * shelf2);
    double shelved = 1.53512485958697 * in - 2.69169618940638 * shelf1 + 1.19839281085285 * shelf2;
    shelf2 = shelf1;
    shelf1 = in;
    in = whole(shelved + 1.99004745483398 * pass1 - 0.99007225036621 * pass2);
    double weighted = in - 2 * pass1 + pass2;
    pass2 = pass1;
    pass1 = in;
    return weighted;
  }

  private static double whole(double value) {
    return Math.abs(value) < DENORMAL ? 0 : value;
  }

  /** The loudness of a mean square that is summed over the channels, in LUFS. */
  static double lufs(double meanSquare) {
    return -0.691 + 10 * Math.log10(Math.max(1e-12, meanSquare));
  }
}
