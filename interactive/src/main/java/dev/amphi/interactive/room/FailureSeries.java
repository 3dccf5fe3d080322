package dev.amphi.interactive.room;

/** Failures each soon after the one before; one long after it is the first again. */
final class FailureSeries {
  private static final long FORGIVEN_NANOS = 10_000_000_000L;

  private int count;
  private long lastNanos;

  /**
   * Something failed; what went well in between says nothing.
   *
   * @return how often it has, none longer than 10 s after the one before
   */
  int failed(long nowNanos) {
    boolean again = count > 0 && nowNanos - lastNanos < FORGIVEN_NANOS;
    count = again ? count + 1 : 1;
    lastNanos = nowNanos;
    return count;
  }
}
