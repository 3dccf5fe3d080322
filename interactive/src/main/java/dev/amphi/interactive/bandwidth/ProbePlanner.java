package dev.amphi.interactive.bandwidth;

/**
 * When to probe and how fast: at the start three times the first guess, then twice as much as long
 * as that comes through, and later whenever more is wanted than the estimate allows, each time that
 * it fails after twice the wait. Hardly more than is wanted.
 */
final class ProbePlanner {
  static final long MIN_WAIT_NANOS = 2_000_000_000L;
  static final long MAX_WAIT_NANOS = 15_000_000_000L;

  private static final long PATIENCE_NANOS = 1_500_000_000L;
  private static final int MAX_PENDING = 4;
  private static final double THROUGH = 0.7;
  private static final double GAIN = 1.1;
  private static final int FURTHER = 2;
  private static final int STEP = 3;

  private final long maxBps;
  private final long[] pending = new long[MAX_PENDING];
  private int pendingCount;
  private long wantedBps;
  private long runningBps;
  private long giveUpNanos = Long.MAX_VALUE;
  private long askNanos = Long.MIN_VALUE;
  private long waitNanos = MIN_WAIT_NANOS;

  ProbePlanner(long maxBps) {
    this.maxBps = maxBps;
    this.wantedBps = maxBps;
  }

  /** Media starts to flow. */
  void start(long startBps) {
    add(3 * startBps);
  }

  /** The path is back after a silence; this much it carried before. */
  void recover(long beforeBps, long nowNanos) {
    pendingCount = 0;
    runningBps = 0;
    waitNanos = MIN_WAIT_NANOS;
    askNanos = nowNanos + waitNanos;
    add(beforeBps / 2);
    add(beforeBps);
  }

  private void add(long bitrateBps) {
    if (pendingCount < MAX_PENDING) {
      pending[pendingCount++] = Math.min(bitrateBps, Math.min(maxBps, 2 * wantedBps));
    }
  }

  /** How much would be sent if it could be. */
  void want(long bitrateBps) {
    wantedBps = Math.clamp(bitrateBps, 0, maxBps);
  }

  long wantedBps() {
    return wantedBps;
  }

  /** The rate to probe with now, or 0; it then counts as running. */
  long next(long estimateBps, long nowNanos) {
    if (runningBps > 0) {
      if (nowNanos < giveUpNanos) {
        return 0;
      }
      failed(nowNanos);
    }
    if (pendingCount == 0 && wantedBps > estimateBps && nowNanos >= askNanos) {
      add(Math.min(wantedBps, STEP * estimateBps));
      askNanos = nowNanos + waitNanos;
    }
    while (pendingCount > 0) {
      runningBps = pending[0];
      System.arraycopy(pending, 1, pending, 0, --pendingCount);
      if (runningBps > estimateBps) {
        giveUpNanos = nowNanos + PATIENCE_NANOS;
        return runningBps;
      }
    }
    runningBps = 0;
    return 0;
  }

  /** The running probe showed this rate, when the estimate was that. */
  void onResult(long bitrateBps, boolean saturated, long estimateBps, long nowNanos) {
    boolean through =
        !saturated && bitrateBps >= THROUGH * runningBps && bitrateBps > GAIN * estimateBps;
    runningBps = 0;
    if (!through) {
      failed(nowNanos);
      return;
    }
    waitNanos = MIN_WAIT_NANOS;
    askNanos = nowNanos + waitNanos;
    if (pendingCount == 0 && bitrateBps < wantedBps) {
      add(Math.min(FURTHER * bitrateBps, wantedBps + wantedBps / 4));
    }
  }

  /** The running probe could not be sent, or nothing was heard of it. */
  void failed(long nowNanos) {
    runningBps = 0;
    pendingCount = 0;
    askNanos = nowNanos + waitNanos;
    waitNanos = Math.min(MAX_WAIT_NANOS, 2 * waitNanos);
  }

  /** When {@link #next} may have something, or {@code Long.MAX_VALUE}. */
  long nextDeadlineNanos(long estimateBps) {
    if (runningBps > 0) {
      return giveUpNanos;
    }
    if (pendingCount > 0) {
      return Long.MIN_VALUE;
    }
    return wantedBps > estimateBps ? askNanos : Long.MAX_VALUE;
  }
}
