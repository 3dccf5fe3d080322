package dev.amphi.interactive.bandwidth;

/**
 * Whether packets stand in a queue on the way: even the quickest of the newest took longer than the
 * quickest of a longer time. What waited for a processor, at either end or in between, comes all at
 * once, the newest of it with hardly a delay; in a queue the newest waits longest. (CoDel, RFC 8289
 * §3.1, tells good queues from bad ones by the same minimum.)
 */
final class StandingQueue {
  /** Less is jitter. */
  static final long STANDING_NANOS = 10_000_000;

  private static final long NEWEST_NANOS = 50_000_000;
  private static final long LONG_NANOS = 10_000_000_000L;
  private static final long NONE = Long.MAX_VALUE;

  private final Minimum newest = new Minimum(NEWEST_NANOS);
  private final Minimum longer = new Minimum(LONG_NANOS);

  /** The least of the last one to two spans. */
  private static final class Minimum {
    private final long spanNanos;
    private long startNanos = NONE;
    private long current = NONE;
    private long previous = NONE;

    Minimum(long spanNanos) {
      this.spanNanos = spanNanos;
    }

    void add(long value, long atNanos) {
      long passed = startNanos == NONE ? Long.MAX_VALUE : atNanos - startNanos;
      if (passed >= spanNanos) {
        previous = passed < 2 * spanNanos ? current : NONE;
        current = value;
        startNanos = atNanos;
      } else {
        current = Math.min(current, value);
      }
    }

    long get() {
      return Math.min(current, previous);
    }

    void reset() {
      startNanos = NONE;
      current = NONE;
      previous = NONE;
    }
  }

  /**
   * A packet left and arrived, each by its own clock.
   *
   * @return how much longer it took than the quickest
   */
  long onPacket(long sentNanos, long arrivedNanos) {
    long delay = arrivedNanos - sentNanos;
    newest.add(delay, arrivedNanos);
    longer.add(delay, arrivedNanos);
    return delay - longer.get();
  }

  /** How long it stands; 0 while unknown. */
  long nanos() {
    return newest.get() == NONE ? 0 : newest.get() - longer.get();
  }

  /** Whether it is more than jitter. */
  boolean stands() {
    return nanos() > STANDING_NANOS;
  }

  /** Begins anew, as after a silence. */
  void reset() {
    newest.reset();
    longer.reset();
  }
}
