package dev.amphi.interactive.receive;

/**
 * Asks for a key frame until one begins: at most one request is open within {@link
 * #INTERVAL_NANOS}, and there are less when the publisher does not react (its track may be paused).
 * Once one was answered the next may follow sooner: somebody may have come just too late for it.
 */
final class KeyFrameRequester {
  static final long NEVER = Long.MAX_VALUE;
  static final long INTERVAL_NANOS = 500_000_000;
  static final long ANSWERED_INTERVAL_NANOS = 150_000_000;
  static final long MAX_INTERVAL_NANOS = 4_000_000_000L;

  /** Requests at the short interval before the publisher counts as paused. */
  private static final int EAGER = 6;

  private boolean wanted;
  private boolean everSent;
  private int unanswered;
  private long lastSentNanos;
  private long sent;

  /** Somebody cannot decode. */
  void request() {
    wanted = true;
  }

  /** A key frame begins. */
  void onKeyFrame() {
    wanted = false;
    unanswered = 0;
  }

  /** Whether to send a request now; true counts as sent. */
  boolean poll(long nowNanos) {
    if (nowNanos < nextDeadlineNanos()) {
      return false;
    }
    everSent = true;
    lastSentNanos = nowNanos;
    unanswered++;
    sent++;
    return true;
  }

  /** When {@link #poll} will say yes, or {@link #NEVER}; a time in the past means now. */
  long nextDeadlineNanos() {
    if (!wanted) {
      return NEVER;
    }
    return everSent ? lastSentNanos + intervalNanos() : Long.MIN_VALUE;
  }

  private long intervalNanos() {
    if (unanswered == 0) {
      return ANSWERED_INTERVAL_NANOS;
    }
    int doublings = Math.clamp(unanswered - EAGER, 0, 3);
    return Math.min(INTERVAL_NANOS << doublings, MAX_INTERVAL_NANOS);
  }

  /** Requests sent so far. */
  long sent() {
    return sent;
  }
}
