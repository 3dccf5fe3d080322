package dev.amphi.interactive.send;

/**
 * At most three key frame requests in ten seconds from one subscriber reach the publisher; what
 * comes within half a second of one that passed means the same key frame and counts for nothing.
 */
final class RequestLimit {
  static final int REQUESTS = 3;
  static final long WINDOW_NANOS = 10_000_000_000L;
  static final long MERGE_NANOS = 500_000_000;

  private final long[] times = new long[REQUESTS];
  private int passed;

  /** Whether one more may pass now. */
  boolean tryPass(long nowNanos) {
    int oldest = passed % REQUESTS;
    int newest = (passed + REQUESTS - 1) % REQUESTS;
    if (passed > 0 && nowNanos - times[newest] < MERGE_NANOS) {
      return false;
    }
    if (passed >= REQUESTS && nowNanos - times[oldest] < WINDOW_NANOS) {
      return false;
    }
    times[oldest] = nowNanos;
    passed++;
    return true;
  }
}
