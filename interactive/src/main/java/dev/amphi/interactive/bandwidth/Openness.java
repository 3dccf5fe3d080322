package dev.amphi.interactive.bandwidth;

/**
 * Whether something says that the way is narrow, and if nothing does how much is shared out without
 * a proof.
 */
final class Openness {
  private final long leastBps;
  private long unprovenBps;
  private Narrowness reason = Narrowness.UNKNOWN;
  private boolean bounded;

  Openness(BandwidthLimits limits) {
    this.leastBps = limits.minBps();
    this.unprovenBps = limits.openBps();
  }

  /** Something says so; what said it first is remembered. */
  void narrowed(Narrowness why) {
    reason = narrow() ? reason : why;
  }

  boolean narrow() {
    return reason != Narrowness.UNKNOWN;
  }

  /** What said first that the way is narrow. */
  Narrowness reason() {
    return reason;
  }

  /** In bit/s, as long as nothing says that the way is narrow. */
  long unprovenBps() {
    return unprovenBps;
  }

  /** Whether even while probes are under way no more than that is shared out. */
  boolean bounded() {
    return bounded;
  }

  /** Reports come again: that there were none says nothing of the width. */
  void heardAgain() {
    reason = reason == Narrowness.SILENCE ? Narrowness.UNKNOWN : reason;
  }

  /**
   * Another way, of which nothing is known but that it is to begin with so much.
   *
   * @param cautious so that it gets no more without a proof
   */
  void restart(long startBps, boolean cautious) {
    reason = Narrowness.UNKNOWN;
    bounded |= cautious;
    unprovenBps = cautious ? Math.max(leastBps, startBps) : unprovenBps;
  }
}
