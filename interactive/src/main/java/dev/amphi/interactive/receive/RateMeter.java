package dev.amphi.interactive.receive;

import java.util.Arrays;

/** Measures a bitrate over the last second, or several. */
public final class RateMeter {
  private static final int SECOND = 10;
  private static final long BUCKET_NANOS = 100_000_000;

  private final long[] bytes;
  private long newest;
  private long oldest;
  private boolean started;

  /** Over one second. */
  public RateMeter() {
    this(1);
  }

  /** Over so many seconds. */
  public RateMeter(int seconds) {
    bytes = new long[SECOND * seconds];
  }

  /** Counts bytes that come now. */
  public void add(int count, long nowNanos) {
    advance(nowNanos);
    bytes[(int) Math.floorMod(newest, (long) bytes.length)] += count;
  }

  private void advance(long nowNanos) {
    long bucket = Math.floorDiv(nowNanos, BUCKET_NANOS);
    if (!started || bucket - newest >= bytes.length) {
      if (!started) {
        oldest = bucket;
      }
      started = true;
      Arrays.fill(bytes, 0);
      newest = bucket;
    }
    while (newest < bucket) {
      newest++;
      bytes[(int) Math.floorMod(newest, (long) bytes.length)] = 0;
    }
  }

  /** Bits per second by now; over less while it has just begun. */
  public long bps(long nowNanos) {
    if (!started) {
      return 0;
    }
    advance(nowNanos);
    long sum = 0;
    for (long count : bytes) {
      sum += count;
    }
    long buckets = Math.clamp(newest - oldest + 1, 3, bytes.length);
    return sum * 8 * (1_000_000_000 / BUCKET_NANOS) / buckets;
  }

  /** Forgets what was. */
  public void reset() {
    started = false;
    Arrays.fill(bytes, 0);
  }
}
