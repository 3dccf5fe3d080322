package dev.amphi.interactive.bandwidth;

/**
 * When to probe and how fast: at the start three times the first guess, then three times as much as
 * long as that comes through, and later whenever more is wanted than the estimate allows, each time
 * that it fails after twice the wait. One that says nothing clear is soon sent again. Hardly more
 * than is wanted.
 */
final class ProbePlanner {
  static final long MIN_WAIT_NANOS = 2_000_000_000L;
  static final long MAX_WAIT_NANOS = 5_000_000_000L;

  /** A queue may stand just now. */
  static final long DOUBT_WAIT_NANOS = 500_000_000;

  private static final long PATIENCE_NANOS = 1_500_000_000L;
  private static final int MAX_PENDING = 4;
  private static final double THROUGH = 0.7;
  private static final double GAIN = 1.1;
  private static final int FURTHER = 3;
  private static final long AGAIN_NANOS = 100_000_000;
  private static final int MAX_UNCLEAR = 4;
  private static final int STEP = 3;

  /**
   * Where little is wanted twice as much is looked for, up to so much: an estimate that is only a
   * little more than what is sent falls below it with the first doubt.
   */
  private static final long AMPLE_BPS = 1_000_000;

  private final long maxBps;
  private final long[] pending = new long[MAX_PENDING];
  private int pendingCount;
  private long wantedBps;
  private long runningBps;
  private long giveUpNanos = Long.MAX_VALUE;
  private long askNanos = Long.MIN_VALUE;
  private long waitNanos = MIN_WAIT_NANOS;
  private boolean answered;
  private int unclear;
  private int saturated;
  private long againBps;
  private long againNanos;

  ProbePlanner(long maxBps) {
    this.maxBps = maxBps;
    this.wantedBps = maxBps;
  }

  /** The way is open. */
  void start(long startBps) {
    if (pendingCount == 0 && runningBps == 0) {
      add(3 * startBps);
    }
  }

  /** The far side reports: it may be probed on and on. */
  void answered(long startBps) {
    answered = true;
    start(startBps);
  }

  /** Whether it is still being found out how much comes through. */
  boolean exploring() {
    return pendingCount > 0 || runningBps > 0 || againBps > 0;
  }

  /** The path is back after a silence; this much it carried before. */
  void recover(long beforeBps, long nowNanos) {
    forget();
    askNanos = nowNanos + waitNanos;
    add(beforeBps / 2);
    add(beforeBps);
  }

  /** Another path, which begins with so much: it is probed at once. */
  void restart(long startBps) {
    forget();
    askNanos = Long.MIN_VALUE;
    add(Math.min(STEP * startBps, wantedBps + wantedBps / 4));
  }

  private void forget() {
    pendingCount = 0;
    runningBps = 0;
    againBps = 0;
    unclear = 0;
    saturated = 0;
    waitNanos = MIN_WAIT_NANOS;
  }

  private void add(long bitrateBps) {
    if (pendingCount < MAX_PENDING) {
      pending[pendingCount++] = Math.min(bitrateBps, Math.min(maxBps, 2 * wantedBps));
    }
  }

  /** How much would be sent if it could be. */
  void want(long bitrateBps) {
    long before = wantedBps;
    wantedBps = Math.clamp(Math.max(bitrateBps, Math.min(2 * bitrateBps, AMPLE_BPS)), 0, maxBps);
    if (wantedBps > GAIN * before && waitNanos == MIN_WAIT_NANOS) {
      askNanos = Long.MIN_VALUE; // somebody came: no reason to wait
    }
  }

  /** Something that is sent may have to rest: whether the estimate is true is not left to wait. */
  void doubt(long nowNanos) {
    waitNanos = MIN_WAIT_NANOS;
    askNanos = Math.min(askNanos, nowNanos + DOUBT_WAIT_NANOS);
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
    if (againBps > 0) {
      if (nowNanos < againNanos) {
        return 0;
      }
      add(againBps);
      againBps = 0;
    }
    if (answered && pendingCount == 0 && wantedBps > estimateBps && nowNanos >= askNanos) {
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

  /**
   * The running probe showed this rate, when the estimate was that.
   *
   * @return whether it is the second in a row that says that the way carries no more
   */
  boolean onResult(long bitrateBps, ProbeResult.Verdict verdict, long estimateBps, long nowNanos) {
    long tried = runningBps;
    runningBps = 0;
    saturated = verdict == ProbeResult.Verdict.SATURATED ? saturated + 1 : 0;
    if (verdict == ProbeResult.Verdict.UNCLEAR && ++unclear <= MAX_UNCLEAR) {
      againBps = tried;
      againNanos = nowNanos + AGAIN_NANOS;
      return false;
    }
    unclear = 0;
    boolean through =
        verdict == ProbeResult.Verdict.THROUGH
            && bitrateBps >= THROUGH * tried
            && bitrateBps > GAIN * estimateBps;
    if (!through) {
      failed(nowNanos);
      return saturated > 1;
    }
    waitNanos = MIN_WAIT_NANOS;
    askNanos = nowNanos + waitNanos;
    if (pendingCount == 0 && bitrateBps < wantedBps) {
      add(Math.min(FURTHER * bitrateBps, wantedBps + wantedBps / 4));
    }
    return false;
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
    if (againBps > 0) {
      return againNanos;
    }
    if (pendingCount > 0) {
      return Long.MIN_VALUE;
    }
    return answered && wantedBps > estimateBps ? askNanos : Long.MAX_VALUE;
  }
}
