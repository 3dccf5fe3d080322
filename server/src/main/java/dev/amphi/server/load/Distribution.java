package dev.amphi.server.load;

import java.util.Arrays;

/** Values that were measured, and the order statistics of them. Thread-safe. */
public final class Distribution {
  private double[] values = new double[64];
  private int count;

  /** Adds one. */
  public synchronized void add(double value) {
    if (count == values.length) {
      values = Arrays.copyOf(values, 2 * count);
    }
    values[count++] = value;
  }

  synchronized int count() {
    return count;
  }

  /** The median, the 95th percentile and the largest. */
  public synchronized Summary summary() {
    double[] sorted = Arrays.copyOf(values, count);
    Arrays.sort(sorted);
    return new Summary(
        count, percentile(sorted, 50), percentile(sorted, 95), percentile(sorted, 100));
  }

  /** The same, and forgets all values. */
  synchronized Summary drain() {
    Summary summary = summary();
    count = 0;
    return summary;
  }

  /** The nearest-rank percentile; NaN of nothing. */
  private static double percentile(double[] sorted, int percent) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int rank = (int) Math.ceil(percent / 100.0 * sorted.length);
    return sorted[Math.max(0, rank - 1)];
  }

  /** Order statistics; NaN where nothing was measured. */
  public record Summary(int count, double median, double p95, double most) {
    public static final Summary NOTHING = new Summary(0, Double.NaN, Double.NaN, Double.NaN);
  }
}
