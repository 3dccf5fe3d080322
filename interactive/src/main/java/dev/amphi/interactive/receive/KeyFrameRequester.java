package dev.amphi.interactive.receive;

/**
 * Asks for a key frame until one begins: whoever wants one meanwhile is served by the same. At most
 * one request goes out within {@link #INTERVAL_NANOS}, less when the publisher does not react (its
 * track may be paused). Once one was answered the next may follow sooner: somebody may have come
 * just too late for it. But key frames cost everybody's quality, so that all who ask together get
 * {@link #BURST} at once and then one a second.
 */
final class KeyFrameRequester {
  static final long NEVER = Long.MAX_VALUE;
  static final long INTERVAL_NANOS = 500_000_000;
  static final long ANSWERED_INTERVAL_NANOS = 150_000_000;
  static final long MAX_INTERVAL_NANOS = 4_000_000_000L;

  /** Key frames in a row; each is earned again in {@link #EARN_NANOS}. */
  static final int BURST = 5;

  static final long EARN_NANOS = 1_000_000_000;

  /** Requests at the short interval before the publisher counts as paused. */
  private static final int EAGER = 6;

  private boolean wanted;
  private boolean everSent;
  private int unanswered;
  private long lastSentNanos;

  /** Until when the key frames that came are paid for, at {@link #EARN_NANOS} each. */
  private long paidUntilNanos = Long.MIN_VALUE;

  private long sent;

  /** Somebody cannot decode. */
  void request() {
    wanted = true;
  }

  /** The publisher was told to begin, which it does with a key frame: as good as a request. */
  void asked(long nowNanos) {
    everSent = true;
    lastSentNanos = nowNanos;
    unanswered++;
  }

  /** A key frame begins. */
  void onKeyFrame(long nowNanos) {
    if (unanswered > 0) { // one that nobody asked for is the publisher's own choice
      paidUntilNanos = Math.max(paidUntilNanos, nowNanos) + EARN_NANOS;
    }
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
    if (!everSent) {
      return Long.MIN_VALUE;
    }
    long due = lastSentNanos + intervalNanos();
    boolean free = paidUntilNanos == Long.MIN_VALUE;
    return free ? due : Math.max(due, paidUntilNanos - (BURST - 1) * EARN_NANOS);
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
