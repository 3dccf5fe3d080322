package dev.amphi.interactive.bandwidth;

import dev.amphi.interactive.bandwidth.DelayTrend.Usage;
import dev.amphi.interactive.rtp.TransportArrivals;

/**
 * How much one transport may send: from transport-wide feedback (draft-ietf-rmcat-gcc-02: delay and
 * loss, and probes), or, for a receiver that has only that, from its own estimate (REMB). Where
 * nothing is reported nothing is limited. Sans-I/O, no allocation per packet.
 */
public final class BandwidthEstimator {
  private static final long NONE = Long.MIN_VALUE;
  private static final double PACE = 2.5;

  /** What leaves faster than the bottleneck lets it through only waits there, or is lost. */
  private static final double NARROW_PACE = 1.5;

  private static final long UNHEARD_NANOS = 1_000_000_000L;

  private final BandwidthLimits limits;
  private final boolean active;
  private final PathReports reports;
  private final RateControl rate;
  private final RateWindow out = new RateWindow();
  private final ApplicationLimit application = new ApplicationLimit();
  private final FeedbackSilence silence = new FeedbackSilence();
  private final Openness openness;
  private final Prober prober;
  private long firstSentNanos = NONE;
  private long receiverEstimateBps = -1;
  private boolean heard;
  private long restarts;
  private long overuses;
  private long lowestBps = -1;

  /**
   * An estimator that has heard nothing yet.
   *
   * @param active false for one that only numbers packets, and limits nothing
   */
  public BandwidthEstimator(BandwidthLimits limits, boolean active) {
    this.limits = limits;
    this.active = active;
    this.rate = new RateControl(limits.startBps(), limits.minBps(), limits.maxBps());
    this.openness = new Openness(limits);
    this.prober = new Prober(limits);
    this.reports = new PathReports(limits, prober);
  }

  /** A packet leaves; the transport-wide number to send it with, 0 to 65535. */
  public int onSent(int size, long nowNanos) {
    return onSent(size, 0, nowNanos);
  }

  int onSent(int size, int probeId, long nowNanos) {
    if (firstSentNanos == NONE) {
      firstSentNanos = nowNanos;
    }
    silence.onSent(nowNanos);
    out.add(size, nowNanos);
    application.onSent(size, targetBps(), nowNanos);
    return (int) reports.onSent(size, probeId, nowNanos) & 0xFFFF;
  }

  /** Takes a message of transport-wide feedback; what it says of unknown packets is ignored. */
  public void onFeedback(TransportArrivals arrivals, long nowNanos) {
    if (!active || reports.sent() == 0) {
      return;
    }
    endSilence(nowNanos);
    if (reports.onMessage(arrivals, nowNanos)) {
      adjust(nowNanos);
    }
  }

  private void adjust(long nowNanos) {
    long ackedBps = reports.ackedBps();
    long sentBps = out.bitrateBps(nowNanos);
    if (reports.overflows(targetBps(), sentBps, nowNanos)) {
      openness.narrowed(Narrowness.LOSS);
    }
    Usage usage = reports.usage(sentBps);
    long shown = prober.shownBps(targetBps(), nowNanos);
    if (shown > 0 && usage != Usage.OVER && applyProbe(shown, ackedBps, nowNanos)) {
      return;
    }
    long before = rate.bitrateBps();
    rate.drained(reports.delay().drainBps());
    rate.update(
        usage, ackedBps, sentBps, application.limited(), reports.roundTripNanos(), nowNanos);
    if (rate.bitrateBps() < before) {
      overuses++;
      openness.narrowed(Narrowness.QUEUE);
    }
    if (settled(nowNanos)) {
      lowestBps = lowestBps < 0 ? targetBps() : Math.min(lowestBps, targetBps());
    }
  }

  private boolean applyProbe(long shown, long ackedBps, long nowNanos) {
    long current = rate.bitrateBps();
    if (shown > current) {
      reports.loss().proven(shown);
      rate.set(shown, nowNanos);
      return true;
    }
    // What is carried without a queue is carried, whatever a probe says of more.
    long lowered = Math.max(shown, ackedBps + ackedBps / 8);
    if (prober.confirmed() && lowered < current) {
      rate.set(lowered, nowNanos);
      openness.narrowed(Narrowness.PROBE);
      return true;
    }
    return false;
  }

  private void endSilence(long nowNanos) {
    if (!heard) {
      heard = true;
      prober.answered();
    }
    if (silence.end(nowNanos)) {
      reports.resume(nowNanos);
    }
    long before = silence.takeBefore();
    if (before > 0) {
      openness.heardAgain();
      prober.recover(before, nowNanos);
      restarts++;
    }
  }

  /**
   * Everything takes another way from now on: what was learnt of the one before is forgotten, but
   * for how much that carried. This one begins with it, or with half of it where nothing was
   * reported for a while, and is probed at once for what is wanted beyond. (libwebrtc does so when
   * a route changes.)
   */
  public void moved() {
    if (!active || reports.sent() == 0) {
      return;
    }
    long before = silence.takeBefore();
    boolean dark = before > 0;
    long start = Math.min(dark ? before / 2 : targetBps(), limits.openBps());
    silence.restart();
    openness.restart(start, dark || openness.narrow());
    reports.restart();
    rate.restart(start);
    prober.restart(rate.bitrateBps());
    restarts++;
  }

  /** How often it began anew: on another way, or because the one there was carries again. */
  public long restarts() {
    return restarts;
  }

  /** Takes a receiver's own estimate (REMB); of no weight where there is transport feedback. */
  public void onReceiverEstimate(long bitrateBps) {
    receiverEstimateBps = Math.clamp(bitrateBps, limits.minBps(), limits.maxBps());
  }

  /** The way is open: what it carries may be tried before there is media. */
  public void start() {
    if (active && !heard) {
      prober.start();
    }
  }

  /** Lets time pass: without feedback the estimate stands for a while and then falls. */
  public void poll(long nowNanos) {
    if (firstSentNanos == NONE) {
      return;
    }
    application.onSent(0, targetBps(), nowNanos);
    if (heard && silence.halves(targetBps(), nowNanos)) {
      rate.set(rate.bitrateBps() / 2, nowNanos);
      openness.narrowed(Narrowness.SILENCE);
    }
  }

  /** What may be sent, in bit/s. */
  public long targetBps() {
    if (!active) {
      return limits.maxBps();
    }
    if (reports.sent() == 0) {
      return receiverEstimateBps < 0 ? limits.maxBps() : receiverEstimateBps;
    }
    return Math.clamp(
        Math.min(rate.bitrateBps(), reports.loss().limitBps()), limits.minBps(), limits.maxBps());
  }

  /**
   * What may be shared out, in bit/s: as long as no queue, no loss and no silence says that the way
   * is narrow more than what is proven, and while probes are under way everything.
   */
  public long availableBps(long nowNanos) {
    if (openness.narrow() || !active || reports.sent() == 0) {
      return targetBps();
    }
    return openness.bounded() || (settled(nowNanos) && !prober.exploring())
        ? Math.max(targetBps(), openness.unprovenBps())
        : limits.maxBps();
  }

  /**
   * How fast packets may leave one after the other: faster than the target, so that a large picture
   * is not late, but not while a long queue stands on the way that has to drain.
   *
   * @param urgentBps so that nothing waits too long; of no use on a way that is narrow
   */
  double paceBps(double urgentBps) {
    if (openness.narrow()) {
      return (reports.delay().full() ? 1 : NARROW_PACE) * targetBps();
    }
    return Math.max(urgentBps, PACE * Math.max(targetBps(), openness.unprovenBps()));
  }

  /** Whether there is an estimate at all; without one nothing is to be limited. */
  public boolean limiting(long nowNanos) {
    if (!active || reports.sent() == 0) {
      return active && receiverEstimateBps >= 0;
    }
    return heard || nowNanos - firstSentNanos < UNHEARD_NANOS;
  }

  /** Whether the estimate rests on reports, and not on the first guess alone. */
  public boolean settled(long nowNanos) {
    return !active
        || reports.sent() == 0
        || (heard && nowNanos - firstSentNanos > FeedbackSilence.SILENCE_NANOS);
  }

  /** How much would be sent if it could be: probes go no further. */
  public void want(long bitrateBps) {
    prober.want(bitrateBps);
  }

  /**
   * Something that is sent will have to rest unless the estimate is wrong: it is looked at soon.
   */
  public void doubt(long nowNanos) {
    prober.doubt(nowNanos);
  }

  /** Whether no more than one picture is sent, the smallest there is. */
  public void least(boolean is) {
    reports.loss().least(is);
  }

  Prober prober() {
    return prober;
  }

  /** The counters, with the pacer's. */
  BandwidthStats stats(PacerStats pacer, long nowNanos) {
    return new BandwidthStats(
        targetBps(),
        availableBps(nowNanos),
        reports.delay().queueNanos(),
        reports.ackedBps(),
        out.bitrateBps(nowNanos),
        reports.loss().ratio(),
        reports.roundTripNanos(),
        reports.messages(),
        prober.count(),
        overuses,
        reports.delay().excused(),
        openness.reason(),
        lowestBps,
        pacer);
  }

  /** How often the target was lowered because a queue grew. */
  public long overuses() {
    return overuses;
  }
}
