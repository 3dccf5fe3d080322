package dev.amphi.interactive.bandwidth;

/**
 * A limit by loss (draft-ietf-rmcat-gcc-02 §6): beyond 10 % it falls, below 2 % it rises, between
 * it stands. Loss that less traffic does not lessen belongs to the path (radio, a competing flow):
 * when it stood in between for a while, a tenth less is tried; if the loss stays, so much of it is
 * taken off from then on. (libwebrtc's second loss control makes the same distinction by fitting a
 * model.)
 */
final class LossControl {
  static final long WINDOW_NANOS = 500_000_000;

  private static final int MIN_PACKETS = 20;
  private static final double LOW = 0.02;
  private static final double HIGH = 0.1;
  private static final double OVERFLOW = 0.3;
  private static final double RISE = 1.05;
  private static final double TRIAL = 0.9;
  private static final int STANDING_WINDOWS = 6;
  private static final int TRIAL_WINDOWS = 3;
  private static final double MAX_INHERENT = 0.12;

  private final double minBps;
  private final double maxBps;
  private double limit;
  private long received;
  private long lost;
  private long windowNanos = Long.MIN_VALUE;
  private double ratio;
  private double inherent;
  private int standing;
  private int trying;
  private double standingRatio;
  private double trialRatio;
  private double beforeTrial;

  LossControl(long minBps, long maxBps) {
    this.minBps = (double) minBps;
    this.maxBps = (double) maxBps;
    this.limit = this.maxBps;
  }

  /** A packet was reported for the first time. */
  void onReported(boolean arrived) {
    if (arrived) {
      received++;
    } else {
      lost++;
    }
  }

  /** A packet that was reported lost came after all. */
  void onFound() {
    received++;
    lost--;
  }

  /**
   * Judges a window when it is over.
   *
   * @param ackedBps what arrives, or 0 while unknown
   * @return whether so much was lost that the way must be narrow
   */
  boolean update(long targetBps, long ackedBps, long nowNanos) {
    if (windowNanos == Long.MIN_VALUE) {
      windowNanos = nowNanos;
    }
    if (nowNanos - windowNanos < WINDOW_NANOS || received + lost < MIN_PACKETS) {
      return false;
    }
    ratio = Math.max(0, lost) / (double) (received + Math.max(0, lost));
    received = 0;
    lost = 0;
    windowNanos = nowNanos;
    return judge((double) targetBps, (double) ackedBps);
  }

  private boolean judge(double targetBps, double ackedBps) {
    inherent = ratio < inherent ? inherent + (ratio - inherent) / 8 : inherent;
    double excess = Math.max(0, ratio - inherent);
    if (excess > HIGH) {
      // So much loss is an overflow: no more fits than what arrives, and no less.
      boolean overflow = excess > OVERFLOW && ackedBps > 0;
      double lowered = Math.min(limit, targetBps);
      lowered = overflow ? Math.min(lowered, 0.95 * ackedBps) : lowered * (1 - 0.5 * excess);
      limit = Math.max(minBps, lowered);
      standing = 0;
      trying = 0;
      return true;
    } else if (trying > 0) {
      judgeTrial();
    } else if (excess > LOW) {
      stand(targetBps);
    } else {
      standing = 0;
      limit = limit > 2 * targetBps ? maxBps : Math.min(maxBps, limit * RISE);
    }
    return false;
  }

  private void stand(double targetBps) {
    limit = Math.min(limit, targetBps);
    standingRatio = standing == 0 ? ratio : standingRatio + (ratio - standingRatio) / 2;
    if (++standing >= STANDING_WINDOWS) {
      standing = 0;
      trying = TRIAL_WINDOWS;
      trialRatio = 0;
      beforeTrial = limit;
      limit = Math.max(minBps, TRIAL * limit);
    }
  }

  private void judgeTrial() {
    trialRatio += ratio / TRIAL_WINDOWS;
    if (--trying == 0 && trialRatio > standingRatio / 2) {
      inherent = Math.min(MAX_INHERENT, trialRatio);
      limit = beforeTrial;
    }
  }

  /** Begins anew on another way. */
  void reset() {
    limit = maxBps;
    received = 0;
    lost = 0;
    windowNanos = Long.MIN_VALUE;
    ratio = 0;
    inherent = 0;
    standing = 0;
    trying = 0;
  }

  /** So much came through. */
  void proven(long bitrateBps) {
    limit = Math.max(limit, (double) bitrateBps);
  }

  /** What the loss allows. */
  long limitBps() {
    return (long) limit;
  }

  /** The loss of the last window, 0 to 1. */
  double ratio() {
    return ratio;
  }
}
