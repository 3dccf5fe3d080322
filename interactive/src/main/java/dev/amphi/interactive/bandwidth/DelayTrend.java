package dev.amphi.interactive.bandwidth;

/**
 * Whether the queue on the way grows: the slope of the smoothed delay over the last groups (least
 * squares, as in libwebrtc's trendline filter), held against a threshold that follows it
 * (draft-ietf-rmcat-gcc-02 §5.4).
 */
final class DelayTrend {
  /** What the slope says. */
  enum Usage {
    NORMAL,
    OVER,
    UNDER
  }

  private static final int WINDOW = 20;
  private static final double SMOOTHING = 0.9;
  private static final double GAIN = 4;
  private static final int MAX_DELTAS = 60;
  private static final double MAX_ADAPT_OFFSET = 15;
  private static final double RISE = 0.0087;
  private static final double FALL = 0.039;
  private static final double OVERUSE_MILLIS = 10;
  private static final double NANOS_PER_MILLI = 1e6;

  private final double[] times = new double[WINDOW];
  private final double[] delays = new double[WINDOW];
  private int deltas;
  private long firstNanos;
  private double accumulated;
  private double smoothed;
  private double slope;
  private double threshold = 12.5;
  private long lastUpdateNanos = Long.MIN_VALUE;
  private double overMillis = -1;
  private int overCount;
  private Usage usage = Usage.NORMAL;

  /** Takes one pair of groups. */
  void onGroups(long sentDeltaNanos, long arrivedDeltaNanos, long arrivedNanos) {
    if (deltas == 0) {
      firstNanos = arrivedNanos;
    }
    accumulated += (arrivedDeltaNanos - sentDeltaNanos) / NANOS_PER_MILLI;
    smoothed = SMOOTHING * smoothed + (1 - SMOOTHING) * accumulated;
    int i = deltas % WINDOW;
    times[i] = (arrivedNanos - firstNanos) / NANOS_PER_MILLI;
    delays[i] = smoothed;
    deltas++;
    double previous = slope;
    if (deltas >= WINDOW) {
      slope = fit();
    }
    detect(sentDeltaNanos / NANOS_PER_MILLI, previous, arrivedNanos);
  }

  private double fit() {
    double meanTime = 0;
    double meanDelay = 0;
    for (int i = 0; i < WINDOW; i++) {
      meanTime += times[i] / WINDOW;
      meanDelay += delays[i] / WINDOW;
    }
    double product = 0;
    double square = 0;
    for (int i = 0; i < WINDOW; i++) {
      product += (times[i] - meanTime) * (delays[i] - meanDelay);
      square += (times[i] - meanTime) * (times[i] - meanTime);
    }
    return square == 0 ? slope : product / square;
  }

  private void detect(double sentDeltaMillis, double previousSlope, long nowNanos) {
    double trend = Math.min(deltas, MAX_DELTAS) * slope * GAIN;
    if (trend > threshold) {
      overMillis = overMillis < 0 ? sentDeltaMillis / 2 : overMillis + sentDeltaMillis;
      overCount++;
      if (overMillis > OVERUSE_MILLIS && overCount > 1 && slope >= previousSlope) {
        overMillis = 0;
        overCount = 0;
        usage = Usage.OVER;
      }
    } else {
      overMillis = -1;
      overCount = 0;
      usage = trend < -threshold ? Usage.UNDER : Usage.NORMAL;
    }
    adapt(Math.abs(trend), nowNanos);
  }

  private void adapt(double trend, long nowNanos) {
    if (lastUpdateNanos == Long.MIN_VALUE) {
      lastUpdateNanos = nowNanos;
    }
    double passed = Math.clamp((nowNanos - lastUpdateNanos) / NANOS_PER_MILLI, 0, 100);
    lastUpdateNanos = nowNanos;
    if (trend > threshold + MAX_ADAPT_OFFSET) {
      return; // a sudden spike, as of a path change, is no measure
    }
    threshold += (trend < threshold ? FALL : RISE) * (trend - threshold) * passed;
    threshold = Math.clamp(threshold, 6, 600);
  }

  Usage usage() {
    return usage;
  }

  /** Begins anew, as after a silence. */
  void reset() {
    deltas = 0;
    accumulated = 0;
    smoothed = 0;
    slope = 0;
    overMillis = -1;
    overCount = 0;
    usage = Usage.NORMAL;
    lastUpdateNanos = Long.MIN_VALUE;
  }
}
