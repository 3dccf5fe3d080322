package dev.amphi.server.push;

/**
 * How often pushes of one class may be added: six at once, then one in ten seconds (the generic
 * cell rate algorithm). Each one makes this node call a host of somebody's choice.
 */
final class AddLimit {
  private static final int BURST = 6;
  private static final long STEP_NANOS = 10_000_000_000L;

  private long waitingNanos;
  private long lastNanos;

  /** Takes one, if there is one. */
  boolean take(long nowNanos) {
    waitingNanos = Math.max(0, waitingNanos - (nowNanos - lastNanos));
    lastNanos = nowNanos;
    if (waitingNanos > (BURST - 1) * STEP_NANOS) {
      return false;
    }
    waitingNanos += STEP_NANOS;
    return true;
  }
}
