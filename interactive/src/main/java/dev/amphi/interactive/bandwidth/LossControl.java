package dev.amphi.interactive.bandwidth;

/**
 * A limit by loss (draft-ietf-rmcat-gcc-02 §6): where a queue stands it falls beyond 10 %, below 2
 * % it rises, else it stands. Loss that less traffic does not lessen belongs to the path (radio, a
 * competing flow): when it stood for a while, a tenth less is tried; if more of it stays than a
 * bottleneck would leave, so much is taken off from then on. A buffer may be too short for a queue,
 * or a policer drops: so more than 10 % lower the limit without a queue too, but for an only
 * picture that has no smaller one. That is tried as above; only when more than 30 % are lost twice
 * in a row no more is tried than what arrives. (libwebrtc's second loss control tells the two apart
 * by fitting a model.)
 */
final class LossControl {
  static final long WINDOW_NANOS = 500_000_000;

  private static final int MIN_PACKETS = 20;
  private static final double LOW = 0.02;
  private static final double HIGH = 0.1;
  private static final double OVERFLOW = 0.3;
  private static final double RISE = 1.05;

  /** Where it was seen that no more fits. */
  private static final double GENTLE_RISE = 1.01;

  private static final double TRIAL = 0.9;
  private static final int STANDING_WINDOWS = 6;
  private static final int TRIAL_WINDOWS = 3;

  /** A smaller layer takes a second to follow a limit that fell a little. */
  private static final int PATIENCE_WINDOWS = 5;

  /** What is tried of what arrives. */
  private static final double OF_ARRIVING = 0.95;

  private static final double MAX_INHERENT = 0.4;

  /** What is sent of what was sent before a trial, when that is one. */
  private static final double LESS = 0.95;

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
  private int waited;
  private double standingRatio;
  private double standingSent;
  private double trialRatio;
  private double trialSent;
  private double beforeTrial;
  private double sentBeforeTrial;
  private int overflows;
  private boolean narrow;
  private boolean least = true; // until pictures are allocated: sound alone cannot be less

  LossControl(long minBps, long maxBps) {
    this.minBps = (double) minBps;
    this.maxBps = (double) maxBps;
    this.limit = this.maxBps;
  }

  /** Whether no more than one picture is sent, the smallest there is: nothing less can be tried. */
  void least(boolean is) {
    least = is;
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
   * @param sentBps what leaves
   * @param queued whether a long queue stands on the way
   * @return whether so much was lost that the way may be narrow
   */
  boolean update(long targetBps, long ackedBps, long sentBps, boolean queued, long nowNanos) {
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
    return judge((double) targetBps, (double) ackedBps, (double) sentBps, queued);
  }

  private boolean judge(double targetBps, double ackedBps, double sentBps, boolean queued) {
    inherent = ratio < inherent ? inherent + (ratio - inherent) / 8 : inherent;
    double excess = Math.max(0, ratio - inherent);
    boolean much = excess > HIGH;
    overflows = excess > OVERFLOW && ackedBps > 0 ? overflows + 1 : 0;
    if (much && (queued || !least)) {
      fall(targetBps, ackedBps, queued ? targetBps : sentBps, excess);
      narrow |= !queued;
    } else if (trying > 0) {
      judgeTrial(sentBps);
    } else if (overflows > 1) {
      standingRatio = ratio;
      begin(targetBps, OF_ARRIVING * ackedBps, sentBps);
    } else if (excess > LOW) {
      stand(targetBps, sentBps);
    } else {
      standing = 0;
      limit =
          limit > 2 * targetBps ? maxBps : Math.min(maxBps, limit * (narrow ? GENTLE_RISE : RISE));
    }
    return much;
  }

  private void fall(double targetBps, double ackedBps, double sentBps, double excess) {
    // So much loss is an overflow: no more fits than what arrives, and no less.
    boolean overflow = excess > OVERFLOW && ackedBps > 0;
    double lowered = Math.min(limit, Math.min(targetBps, sentBps));
    lowered = overflow ? Math.min(lowered, OF_ARRIVING * ackedBps) : lowered * (1 - 0.5 * excess);
    limit = Math.max(minBps, lowered);
    standing = 0;
    trying = 0;
  }

  private void stand(double targetBps, double sentBps) {
    limit = Math.min(limit, targetBps);
    standingRatio = standing == 0 ? ratio : standingRatio + (ratio - standingRatio) / 2;
    standingSent = standing == 0 ? sentBps : standingSent + (sentBps - standingSent) / 2;
    if (++standing >= STANDING_WINDOWS) {
      begin(limit, TRIAL * limit, least ? Double.POSITIVE_INFINITY : standingSent);
    }
  }

  /** Tries less; only windows in which less is sent than this count. */
  private void begin(double before, double less, double sentBps) {
    standing = 0;
    trying = TRIAL_WINDOWS;
    waited = 0;
    trialRatio = 0;
    trialSent = 0;
    beforeTrial = Math.min(limit, before);
    sentBeforeTrial = sentBps;
    limit = Math.max(minBps, Math.min(beforeTrial, less));
  }

  private void judgeTrial(double sentBps) {
    if (sentBps > LESS * sentBeforeTrial) {
      if (ratio <= HIGH && (least || ++waited >= PATIENCE_WINDOWS)) {
        trying = 0;
        limit = Math.max(limit, beforeTrial);
      }
      return;
    }
    trialRatio += ratio / TRIAL_WINDOWS;
    trialSent += sentBps / TRIAL_WINDOWS;
    if (--trying == 0) {
      narrow = trialRatio <= (standingRatio + narrowRatio()) / 2;
      if (!narrow) {
        inherent = Math.min(MAX_INHERENT, trialRatio);
        limit = Math.max(limit, beforeTrial);
      }
    }
  }

  /** What would still be lost in the trial if no more than before came through. */
  private double narrowRatio() {
    return Math.max(0, 1 - (1 - standingRatio) * sentBeforeTrial / Math.max(1, trialSent));
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
    overflows = 0;
    narrow = false;
  }

  /** So much came through. */
  void proven(long bitrateBps) {
    narrow = false;
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
