package dev.amphi.interactive.bandwidth;

/** The least delay of the last one to two spans. */
final class LeastDelay {
  static final long NONE = Long.MAX_VALUE;

  private final long spanNanos;
  private long startNanos = NONE;
  private long current = NONE;
  private long previous = NONE;
  private long ended = NONE;

  LeastDelay(long spanNanos) {
    this.spanNanos = spanNanos;
  }

  /** A packet took so long; true when it is the first of another span. */
  boolean add(long delayNanos, long atNanos) {
    long passed = startNanos == NONE ? Long.MAX_VALUE : atNanos - startNanos;
    if (passed >= spanNanos) {
      ended = current;
      previous = passed < 2 * spanNanos ? current : NONE;
      current = delayNanos;
      startNanos = atNanos;
      return true;
    }
    current = Math.min(current, delayNanos);
    return false;
  }

  /** Or {@link #NONE}. */
  long get() {
    return Math.min(current, previous);
  }

  /** Of the last span that is over, however long ago, or {@link #NONE}. */
  long ended() {
    return ended;
  }

  /** Of this span and the last one, however long ago that was, or {@link #NONE}. */
  long sinceEnded() {
    return Math.min(current, ended);
  }

  void reset() {
    startNanos = NONE;
    current = NONE;
    previous = NONE;
    ended = NONE;
  }
}
