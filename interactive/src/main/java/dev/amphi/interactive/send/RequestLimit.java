package dev.amphi.interactive.send;

/** At most three key frame requests in ten seconds from one subscriber reach the publisher. */
final class RequestLimit {
  static final int REQUESTS = 3;
  static final long WINDOW_NANOS = 10_000_000_000L;

  private final long[] times = new long[REQUESTS];
  private int passed;

  /** Whether one more may pass now. */
  boolean tryPass(long nowNanos) {
    int oldest = passed % REQUESTS;
    if (passed >= REQUESTS && nowNanos - times[oldest] < WINDOW_NANOS) {
      return false;
    }
    times[oldest] = nowNanos;
    passed++;
    return true;
  }
}
