package dev.amphi.interactive.bandwidth;

import java.util.Arrays;

/** Bytes per time over the last 400 ms, in ten buckets. Time may stand still but not go back. */
final class RateWindow {
  private static final int BUCKETS = 10;
  private static final long BUCKET_NANOS = 40_000_000;
  private static final long SECOND_BITS = 8_000_000_000L;

  private final long[] bytes = new long[BUCKETS];
  private long newest = Long.MIN_VALUE;
  private long oldest;
  private long total;

  /** So many bytes passed now. */
  void add(int count, long nowNanos) {
    advance(nowNanos);
    bytes[Math.floorMod(newest, BUCKETS)] += count;
    total += count;
  }

  private void advance(long nowNanos) {
    long bucket = Math.floorDiv(nowNanos, BUCKET_NANOS);
    if (newest == Long.MIN_VALUE || bucket - newest >= BUCKETS) {
      if (newest == Long.MIN_VALUE) {
        oldest = bucket;
      }
      Arrays.fill(bytes, 0);
      total = 0;
      newest = bucket;
    }
    while (newest < bucket) {
      newest++;
      int i = Math.floorMod(newest, BUCKETS);
      total -= bytes[i];
      bytes[i] = 0;
    }
    oldest = Math.max(oldest, newest - BUCKETS + 1);
  }

  /** Bits per second now; 0 until half the window was seen. */
  long bitrateBps(long nowNanos) {
    if (newest == Long.MIN_VALUE) {
      return 0;
    }
    advance(nowNanos);
    long span = Math.max(nowNanos, newest * BUCKET_NANOS) - oldest * BUCKET_NANOS;
    return span < BUCKETS * BUCKET_NANOS / 2 ? 0 : total * SECOND_BITS / span;
  }

  /** Forgets everything. */
  void reset() {
    newest = Long.MIN_VALUE;
    total = 0;
    Arrays.fill(bytes, 0);
  }
}
