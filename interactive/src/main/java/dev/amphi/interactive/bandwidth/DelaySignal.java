package dev.amphi.interactive.bandwidth;

import dev.amphi.interactive.bandwidth.DelayTrend.Usage;

/**
 * What the delays of one transport's packets say of its way: overused when they grow and a queue
 * stands. Delays that grow without a queue are somebody's missing processor: then it is waited.
 */
final class DelaySignal {
  private final InterArrival groups = new InterArrival();
  private final DelayTrend trend = new DelayTrend();
  private final StandingQueue queue = new StandingQueue();
  private long excused;

  /** A packet left and arrived, each by its own clock. */
  void onPacket(long sentNanos, long arrivedNanos) {
    queue.onPacket(sentNanos, arrivedNanos);
    if (groups.onPacket(sentNanos, arrivedNanos)) {
      trend.onGroups(groups.sentDeltaNanos(), groups.arrivedDeltaNanos(), groups.arrivedNanos());
    }
  }

  /** What they say now. */
  Usage usage() {
    Usage usage = trend.usage();
    if (usage == Usage.OVER && !queue.stands()) {
      excused++;
      return Usage.UNDER;
    }
    return usage;
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
  }
}
