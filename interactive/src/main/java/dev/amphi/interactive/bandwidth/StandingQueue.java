package dev.amphi.interactive.bandwidth;

/**
 * Whether packets stand in a queue on the way: even the quickest of the newest took longer than it
 * takes when nothing waits. What waited for a processor, at either end or in between, comes all at
 * once, the newest of it with hardly a delay; in a queue the newest waits longest. (CoDel, RFC 8289
 * §3.1, tells good queues from bad ones by the same minimum.)
 */
final class StandingQueue {
  private static final long NEWEST_NANOS = 50_000_000;

  private final LeastDelay newest = new LeastDelay(NEWEST_NANOS);
  private final BaseDelay base = new BaseDelay();

  /**
   * A packet left and arrived, each by its own clock.
   *
   * @return how much longer it took than on an empty way
   */
  long onPacket(long sentNanos, long arrivedNanos) {
    long delay = arrivedNanos - sentNanos;
    base.onPacket(delay, arrivedNanos);
    if (newest.add(delay, arrivedNanos) && newest.ended() != LeastDelay.NONE) {
      base.onQuickest(newest.ended(), arrivedNanos);
    }
    return delay - base.nanos();
  }

  /** A packet left and did not arrive. */
  void onLost() {
    base.onLost();
  }

  /** How long it stands; 0 while unknown. */
  long nanos() {
    long quickest = newest.sinceEnded();
    return quickest == LeastDelay.NONE ? 0 : quickest - base.nanos();
  }

  /** Whether it is more than jitter. */
  boolean stands() {
    return nanos() > BaseDelay.JITTER_NANOS;
  }

  /** Begins anew, as after a silence. */
  void reset() {
    newest.reset();
    base.reset();
  }
}
