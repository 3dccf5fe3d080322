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
  private final SentPackets sent = new SentPackets();
  private final ArrivalClock clock = new ArrivalClock();
  private final DelaySignal delay = new DelaySignal();
  private final RateControl rate;
  private final LossControl loss;
  private final RateWindow acked = new RateWindow();
  private final RateWindow out = new RateWindow();
  private final ApplicationLimit application = new ApplicationLimit();
  private final FeedbackSilence silence = new FeedbackSilence();
  private final Prober prober;
  private long newestArrival = NONE;
  private long firstSentNanos = NONE;
  private long lossFromNanos = NONE;
  private long roundTripNanos = -1;
  private long receiverEstimateBps = -1;
  private boolean heard;
  private Narrowness narrow = Narrowness.UNKNOWN;
  private long feedbacks;
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
    this.loss = new LossControl(limits.minBps(), limits.maxBps());
    this.prober = new Prober(limits);
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
    return (int) sent.put(size, probeId, nowNanos) & 0xFFFF;
  }

  /** Takes a message of transport-wide feedback; what it says of unknown packets is ignored. */
  public void onFeedback(TransportArrivals arrivals, long nowNanos) {
    if (!active || sent.count() == 0) {
      return;
    }
    feedbacks++;
    endSilence(nowNanos);
    long base = sent.unwrap(arrivals.baseSequence());
    clock.on(arrivals.referenceTime());
    long newestSent = NONE;
    for (int i = 0; i < arrivals.count(); i++) {
      int place = sent.find(base + i);
      if (place == SentPackets.NO_PLACE || sent.received(place)) {
        continue;
      }
      int ticks = arrivals.arrivalTicks(i);
      if (ticks == TransportArrivals.MISSING) {
        onMissing(place);
      } else {
        onArrival(place, clock.nanos(ticks));
        newestSent = Math.max(newestSent, sent.sentNanos(place));
      }
    }
    if (newestSent != NONE) {
      onRoundTrip(nowNanos - newestSent);
      adjust(nowNanos);
    }
  }

  private void onMissing(int place) {
    if (!sent.lost(place)) {
      if (sent.sentNanos(place) >= lossFromNanos) {
        loss.onReported(false);
      }
      sent.markLost(place);
    }
  }

  private void onArrival(int place, long arrivedNanos) {
    if (sent.sentNanos(place) >= lossFromNanos) {
      if (sent.lost(place)) {
        loss.onFound();
      } else {
        loss.onReported(true);
      }
    }
    sent.markReceived(place);
    newestArrival = Math.max(newestArrival, arrivedNanos);
    acked.add(sent.size(place), newestArrival);
    long sentAt = sent.sentNanos(place);
    if (sent.probe(place) != 0) {
      prober.onAcked(sent.probe(place), sent.size(place), sentAt, arrivedNanos);
    }
    delay.onPacket(sent.size(place), sentAt, arrivedNanos);
  }

  private void onRoundTrip(long sample) {
    roundTripNanos = roundTripNanos < 0 ? sample : roundTripNanos + (sample - roundTripNanos) / 8;
  }

  private void adjust(long nowNanos) {
    long ackedBps = acked.bitrateBps(newestArrival);
    long sentBps = out.bitrateBps(nowNanos);
    if (loss.update(targetBps(), ackedBps, nowNanos)) {
      narrow(Narrowness.LOSS);
      lossFromNanos = nowNanos; // what left before says nothing of what is sent from now on
    }
    Usage usage = delay.usage(ackedBps, sentBps);
    long shown = prober.shownBps(targetBps(), nowNanos);
    if (shown > 0 && usage != Usage.OVER && applyProbe(shown, ackedBps, nowNanos)) {
      return;
    }
    long before = rate.bitrateBps();
    rate.drained(delay.drainBps());
    rate.update(usage, ackedBps, sentBps, application.limited(), roundTripNanos, nowNanos);
    if (rate.bitrateBps() < before) {
      overuses++;
      narrow(Narrowness.QUEUE);
    }
    if (settled(nowNanos)) {
      lowestBps = lowestBps < 0 ? targetBps() : Math.min(lowestBps, targetBps());
    }
  }

  private void narrow(Narrowness reason) {
    narrow = narrow() ? narrow : reason;
  }

  private boolean narrow() {
    return narrow != Narrowness.UNKNOWN;
  }

  private boolean applyProbe(long shown, long ackedBps, long nowNanos) {
    long current = rate.bitrateBps();
    if (shown > current) {
      loss.proven(shown);
      rate.set(shown, nowNanos);
      return true;
    }
    // What is carried without a queue is carried, whatever a probe says of more.
    long lowered = Math.max(shown, ackedBps + ackedBps / 8);
    if (prober.confirmed() && lowered < current) {
      rate.set(lowered, nowNanos);
      narrow(Narrowness.PROBE);
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
      delay.reset();
      acked.reset();
      newestArrival = NONE;
      lossFromNanos = nowNanos;
    }
    long before = silence.takeBefore();
    if (before > 0) {
      prober.recover(before, nowNanos);
    }
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
      narrow(Narrowness.SILENCE);
    }
  }

  /** What may be sent, in bit/s. */
  public long targetBps() {
    if (!active) {
      return limits.maxBps();
    }
    if (sent.count() == 0) {
      return receiverEstimateBps < 0 ? limits.maxBps() : receiverEstimateBps;
    }
    return Math.clamp(
        Math.min(rate.bitrateBps(), loss.limitBps()), limits.minBps(), limits.maxBps());
  }

  /**
   * What may be shared out, in bit/s: as long as no queue, no loss and no silence says that the way
   * is narrow more than what is proven, and while probes are under way everything.
   */
  public long availableBps(long nowNanos) {
    if (narrow() || !active || sent.count() == 0) {
      return targetBps();
    }
    return settled(nowNanos) && !prober.exploring()
        ? Math.max(targetBps(), limits.openBps())
        : limits.maxBps();
  }

  /**
   * How fast packets may leave one after the other: faster than the target, so that a large picture
   * is not late, but not while a long queue stands on the way that has to drain.
   *
   * @param urgentBps so that nothing waits too long; of no use on a way that is narrow
   */
  double paceBps(double urgentBps) {
    if (narrow()) {
      return (delay.full() ? 1 : NARROW_PACE) * targetBps();
    }
    return Math.max(urgentBps, PACE * Math.max(targetBps(), limits.openBps()));
  }

  /** Whether there is an estimate at all; without one nothing is to be limited. */
  public boolean limiting(long nowNanos) {
    if (!active || sent.count() == 0) {
      return active && receiverEstimateBps >= 0;
    }
    return heard || nowNanos - firstSentNanos < UNHEARD_NANOS;
  }

  /** Whether the estimate rests on reports, and not on the first guess alone. */
  public boolean settled(long nowNanos) {
    return !active
        || sent.count() == 0
        || (heard && nowNanos - firstSentNanos > FeedbackSilence.SILENCE_NANOS);
  }

  /** How much would be sent if it could be: probes go no further. */
  public void want(long bitrateBps) {
    prober.want(bitrateBps);
  }

  Prober prober() {
    return prober;
  }

  /** The counters, with the pacer's. */
  BandwidthStats stats(PacerStats pacer, long nowNanos) {
    return new BandwidthStats(
        targetBps(),
        availableBps(nowNanos),
        delay.queueNanos(),
        newestArrival == NONE ? 0 : acked.bitrateBps(newestArrival),
        out.bitrateBps(nowNanos),
        loss.ratio(),
        roundTripNanos,
        feedbacks,
        prober.count(),
        overuses,
        delay.excused(),
        narrow,
        lowestBps,
        pacer);
  }

  /** How often the target was lowered because a queue grew. */
  public long overuses() {
    return overuses;
  }
}
