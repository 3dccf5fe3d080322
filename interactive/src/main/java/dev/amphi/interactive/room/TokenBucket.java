package dev.amphi.interactive.room;

/** A rate limit: {@code burst} at once, refilled evenly over a period. */
final class TokenBucket {
  private final int burst;
  private final long nanosPerToken;
  private long fullAtNanos;

  TokenBucket(int burst, long periodNanos, long nowNanos) {
    this.burst = burst;
    this.nanosPerToken = periodNanos / burst;
    this.fullAtNanos = nowNanos;
  }

  /** Takes a token; false when there is none. */
  boolean take(long nowNanos) {
    long start = Math.max(fullAtNanos, nowNanos);
    if (start + nanosPerToken - nowNanos > burst * nanosPerToken) {
      return false;
    }
    fullAtNanos = start + nanosPerToken;
    return true;
  }
}
