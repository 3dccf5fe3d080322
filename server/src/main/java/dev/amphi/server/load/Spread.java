package dev.amphi.server.load;

import java.util.Arrays;

/** The middle value with the smallest and the largest; NaN of nothing. */
public record Spread(double median, double least, double most) {
  /** Of these values, leaving out those that are none. */
  public static Spread of(double... values) {
    double[] sorted = Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
    if (sorted.length == 0) {
      return new Spread(Double.NaN, Double.NaN, Double.NaN);
    }
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1]);
  }
}
