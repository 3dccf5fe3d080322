package dev.amphi.interactive.bandwidth;

/**
 * No feedback although packets leave: the estimate stands for two seconds, then halves each second
 * until somebody is heard again.
 */
final class FeedbackSilence {
  static final long SILENCE_NANOS = 1_000_000_000;
  static final long DECAY_NANOS = 2_000_000_000;

  private static final long NONE = Long.MIN_VALUE;
  private static final long NEVER = Long.MAX_VALUE;
  private static final long DECAY_STEP_NANOS = 1_000_000_000;

  private long lastSentNanos = NONE;
  private long unansweredNanos = NONE;
  private long decayNanos = NEVER;
  private long beforeBps;

  void onSent(long nowNanos) {
    if (unansweredNanos == NONE) {
      unansweredNanos = nowNanos;
    }
    lastSentNanos = nowNanos;
  }

  /** Whether the estimate is to be halved now. */
  boolean halves(long targetBps, long nowNanos) {
    if (unansweredNanos == NONE || nowNanos - lastSentNanos > SILENCE_NANOS) {
      return false;
    }
    if (decayNanos == NEVER) {
      decayNanos = unansweredNanos + DECAY_NANOS;
    }
    if (nowNanos < decayNanos) {
      return false;
    }
    beforeBps = Math.max(beforeBps, targetBps);
    decayNanos = nowNanos + DECAY_STEP_NANOS;
    return true;
  }

  /** Feedback came; whether it had been missed. */
  boolean end(long nowNanos) {
    boolean silent = unansweredNanos != NONE && nowNanos - unansweredNanos > SILENCE_NANOS;
    unansweredNanos = NONE;
    decayNanos = NEVER;
    return silent;
  }

  /** On another way nothing has been missed yet. */
  void restart() {
    unansweredNanos = NONE;
    decayNanos = NEVER;
  }

  /** The estimate before it was halved, once; 0 when it was not. */
  long takeBefore() {
    long before = beforeBps;
    beforeBps = 0;
    return before;
  }
}
