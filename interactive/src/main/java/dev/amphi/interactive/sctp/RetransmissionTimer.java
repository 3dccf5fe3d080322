package dev.amphi.interactive.sctp;

/** T3-rtx and the round trip that sets it (RFC 9260 §6.3). */
final class RetransmissionTimer {
  static final long NEVER = Long.MAX_VALUE;
  static final long INITIAL_NANOS = 1_000_000_000L;

  /**
   * Above the far side's delay of acknowledgements; the RFC's second is made for older networks.
   */
  static final long MIN_NANOS = 400_000_000L;

  /**
   * RFC 9260 has a minute; but here consent (RFC 7675) tells when the path is gone, and after a
   * blackout people should not wait for a timer.
   */
  static final long MAX_NANOS = 3_000_000_000L;

  private long smoothedNanos = -1;
  private long variationNanos;
  private long timeoutNanos = INITIAL_NANOS;
  private long deadlineNanos = NEVER;

  /** A round trip of something that was sent once only (Karn's rule). */
  void onRoundTrip(long sampleNanos) {
    if (smoothedNanos < 0) {
      smoothedNanos = sampleNanos;
      variationNanos = sampleNanos / 2;
    } else {
      variationNanos += (Math.abs(smoothedNanos - sampleNanos) - variationNanos) / 4;
      smoothedNanos += (sampleNanos - smoothedNanos) / 8;
    }
    timeoutNanos = Math.clamp(smoothedNanos + 4 * variationNanos, MIN_NANOS, MAX_NANOS);
  }

  /** The smoothed round trip, or -1 before the first. */
  long roundTripNanos() {
    return smoothedNanos;
  }

  long timeoutNanos() {
    return timeoutNanos;
  }

  boolean running() {
    return deadlineNanos != NEVER;
  }

  void start(long nowNanos) {
    deadlineNanos = nowNanos + timeoutNanos;
  }

  void stop() {
    deadlineNanos = NEVER;
  }

  boolean expired(long nowNanos) {
    return running() && nowNanos - deadlineNanos >= 0;
  }

  /** Waits twice as long from now on. */
  void backOff() {
    timeoutNanos = Math.min(2 * timeoutNanos, MAX_NANOS);
  }

  long deadlineNanos() {
    return deadlineNanos;
  }
}
