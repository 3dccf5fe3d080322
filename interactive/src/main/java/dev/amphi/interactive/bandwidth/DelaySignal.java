package dev.amphi.interactive.bandwidth;

import dev.amphi.interactive.bandwidth.DelayTrend.Usage;

/**
 * What the delays of one transport's packets say of its way: overused when they grow and a queue
 * stands, or when a long queue stands and less comes out than goes in. Delays that grow without a
 * queue are somebody's missing processor: then it is waited.
 */
final class DelaySignal {
  private static final long FULL_NANOS = 50_000_000;

  /** Where so little of what goes in comes out more is sent than fits. */
  private static final double OUT_SHARE = 0.8;

  private final InterArrival groups = new InterArrival();
  private final DelayTrend trend = new DelayTrend();
  private final StandingQueue queue = new StandingQueue();
  private final DrainRate drain = new DrainRate();
  private long excused;

  /** A packet left and arrived, each by its own clock. */
  void onPacket(int size, long sentNanos, long arrivedNanos) {
    drain.onPacket(size, queue.onPacket(sentNanos, arrivedNanos), arrivedNanos);
    if (groups.onPacket(sentNanos, arrivedNanos)) {
      trend.onGroups(groups.sentDeltaNanos(), groups.arrivedDeltaNanos(), groups.arrivedNanos());
    }
  }

  /** A packet left and did not arrive. */
  void onLost() {
    queue.onLost();
  }

  /**
   * What they say now.
   *
   * @param ackedBps what arrives, or 0 while unknown
   * @param sentBps what leaves
   */
  Usage usage(long ackedBps, long sentBps) {
    if (full() && ackedBps > 0 && ackedBps < OUT_SHARE * sentBps) {
      return Usage.OVER; // a queue that is full grows no more
    }
    Usage usage = trend.usage();
    if (usage == Usage.OVER && !queue.stands()) {
      excused++;
      return Usage.UNDER;
    }
    return usage;
  }

  /** Whether a long queue stands on the way. */
  boolean full() {
    return queue.nanos() > FULL_NANOS;
  }

  /** What comes out of a queue on the way as long as there is one, in bit/s; 0 while unknown. */
  long drainBps() {
    return drain.bitrateBps();
  }

  /** How long packets stand in a queue on the way; 0 while unknown. */
  long queueNanos() {
    return queue.nanos();
  }

  /** How often delays grew without a queue. */
  long excused() {
    return excused;
  }

  /** Begins anew, as after a silence. */
  void reset() {
    groups.reset();
    trend.reset();
    queue.reset();
    drain.reset();
  }
}
