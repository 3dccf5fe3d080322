package dev.amphi.server.push;

/**
 * How much a platform may say: 256 KiB a second on average over ten (a leaky bucket). A publisher
 * needs to hear very little, and a thread that always finds something to read leaves its carrier to
 * nobody else.
 */
final class HearLimit {
  private static final long BYTES_PER_SECOND = 256 * 1024;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long MOST_NANOS = 10 * NANOS_PER_SECOND;

  private long fullNanos;
  private long lastNanos;

  HearLimit(long nowNanos) {
    lastNanos = nowNanos;
  }

  /** Counts what was heard; whether that is still borne. */
  boolean take(int bytes, long nowNanos) {
    fullNanos = Math.max(0, fullNanos - (nowNanos - lastNanos));
    lastNanos = nowNanos;
    fullNanos += bytes * NANOS_PER_SECOND / BYTES_PER_SECOND;
    return fullNanos <= MOST_NANOS;
  }
}
