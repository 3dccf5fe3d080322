package dev.amphi.interactive.bandwidth;

import dev.amphi.interactive.rtp.TransportArrivals;

/**
 * How much one transport may send: from transport-wide feedback (draft-ietf-rmcat-gcc-02: delay and
 * loss, and probes), or, for a receiver that has only that, from its own estimate (REMB). Where
 * nothing is reported nothing is limited. Sans-I/O, no allocation per packet.
 */
public final class BandwidthEstimator {
  static final long SILENCE_NANOS = 1_000_000_000;
  static final long DECAY_NANOS = 2_000_000_000;

  private static final long NONE = Long.MIN_VALUE;
  private static final long NEVER = Long.MAX_VALUE;
  private static final long UNHEARD_NANOS = 1_000_000_000L;
  private static final long DECAY_STEP_NANOS = 1_000_000_000;
  private static final long DEFAULT_ROUND_TRIP_NANOS = 200_000_000;
  private static final long TICK_NANOS = TransportArrivals.TICK_MICROS * 1000L;
  private static final long REFERENCE_NANOS = 64_000_000;
  private static final int REFERENCE_BITS = 24;

  private final BandwidthLimits limits;
  private final boolean active;
  private final SentPackets sent = new SentPackets();
  private final InterArrival groups = new InterArrival();
  private final DelayTrend trend = new DelayTrend();
  private final RateControl rate;
  private final LossControl loss;
  private final RateWindow acked = new RateWindow();
  private final RateWindow out = new RateWindow();
  private final ApplicationLimit application = new ApplicationLimit();
  private final ProbeResult probe = new ProbeResult();
  private final ProbePlanner planner;
  private long reference = NONE;
  private long newestArrival = NONE;
  private long firstSentNanos = NONE;
  private long lastSentNanos = NONE;
  private long unansweredNanos = NONE;
  private long beforeSilenceBps;
  private long decayNanos = NEVER;
  private long lossFromNanos = NONE;
  private long roundTripNanos = -1;
  private long receiverEstimateBps = -1;
  private boolean heard;
  private long feedbacks;
  private long overuses;
  private int probes;
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
    this.planner = new ProbePlanner(limits.maxBps());
  }

  /** A packet leaves; the transport-wide number to send it with, 0 to 65535. */
  public int onSent(int size, long nowNanos) {
    return onSent(size, 0, nowNanos);
  }

  int onSent(int size, int probeId, long nowNanos) {
    if (firstSentNanos == NONE) {
      firstSentNanos = nowNanos;
    }
    if (unansweredNanos == NONE) {
      unansweredNanos = nowNanos;
    }
    lastSentNanos = nowNanos;
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
    long start = reference(arrivals.referenceTime());
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
        onArrival(place, start + ticks * TICK_NANOS);
        newestSent = Math.max(newestSent, sent.sentNanos(place));
      }
    }
    if (newestSent != NONE) {
      onRoundTrip(nowNanos - newestSent);
      adjust(nowNanos);
    }
  }

  /** The arrival times' reference, unwrapped from its 24 bits. */
  private long reference(int wire) {
    if (reference == NONE) {
      reference = wire;
    } else {
      int shift = Long.SIZE - REFERENCE_BITS;
      reference += (wire - reference) << shift >> shift;
    }
    return reference * REFERENCE_NANOS;
  }

  private void onMissing(int place) {
    if (!sent.lost(place) && sent.sentNanos(place) >= lossFromNanos) {
      loss.onReported(false);
      sent.markLost(place);
    }
  }

  private void onArrival(int place, long arrivedNanos) {
    if (sent.lost(place)) {
      loss.onFound();
    } else {
      loss.onReported(true);
    }
    sent.markReceived(place);
    newestArrival = Math.max(newestArrival, arrivedNanos);
    acked.add(sent.size(place), newestArrival);
    long sentAt = sent.sentNanos(place);
    if (sent.probe(place) != 0) {
      probe.onAcked(sent.probe(place), sent.size(place), sentAt, arrivedNanos);
    }
    if (groups.onPacket(sentAt, arrivedNanos)) {
      trend.onGroups(groups.sentDeltaNanos(), groups.arrivedDeltaNanos(), groups.arrivedNanos());
    }
  }

  private void onRoundTrip(long sample) {
    roundTripNanos = roundTripNanos < 0 ? sample : roundTripNanos + (sample - roundTripNanos) / 8;
  }

  private void adjust(long nowNanos) {
    long ackedBps = acked.bitrateBps(newestArrival);
    loss.update(targetBps(), ackedBps, nowNanos);
    DelayTrend.Usage usage = trend.usage();
    long shown = probe.bitrateBps();
    if (shown > 0) {
      probe.expect(0, 0);
      planner.onResult(shown, probe.saturated(), targetBps(), nowNanos);
      if (usage != DelayTrend.Usage.OVER && applyProbe(shown, ackedBps, nowNanos)) {
        return;
      }
    }
    long before = rate.bitrateBps();
    rate.update(
        usage, ackedBps, out.bitrateBps(nowNanos), application.limited(), roundTripNanos, nowNanos);
    overuses += rate.bitrateBps() < before ? 1 : 0;
    if (settled(nowNanos)) {
      lowestBps = lowestBps < 0 ? targetBps() : Math.min(lowestBps, targetBps());
    }
  }

  private boolean applyProbe(long shown, long ackedBps, long nowNanos) {
    long current = rate.bitrateBps();
    if (shown > current) {
      rate.set(shown, nowNanos);
      return true;
    }
    if (probe.saturated() && Math.max(shown, ackedBps) < current) {
      rate.set(Math.max(shown, ackedBps), nowNanos);
      return true;
    }
    return false;
  }

  private void endSilence(long nowNanos) {
    if (!heard) { // Who reports nothing is not probed.
      heard = true;
      planner.start(limits.startBps());
    }
    decayNanos = NEVER;
    boolean silent = unansweredNanos != NONE && nowNanos - unansweredNanos > SILENCE_NANOS;
    unansweredNanos = NONE;
    if (silent) {
      groups.reset();
      trend.reset();
      acked.reset();
      newestArrival = NONE;
      lossFromNanos = nowNanos;
    }
    if (beforeSilenceBps > 0) {
      planner.recover(beforeSilenceBps, nowNanos);
      beforeSilenceBps = 0;
    }
  }

  /** Takes a receiver's own estimate (REMB); of no weight where there is transport feedback. */
  public void onReceiverEstimate(long bitrateBps) {
    receiverEstimateBps = Math.clamp(bitrateBps, limits.minBps(), limits.maxBps());
  }

  /** Lets time pass: without feedback the estimate stands for a while and then falls. */
  public void poll(long nowNanos) {
    if (firstSentNanos == NONE) {
      return;
    }
    application.onSent(0, targetBps(), nowNanos);
    if (!heard || unansweredNanos == NONE || nowNanos - lastSentNanos > SILENCE_NANOS) {
      return;
    }
    if (decayNanos == NEVER) {
      decayNanos = unansweredNanos + DECAY_NANOS;
    }
    if (nowNanos >= decayNanos) {
      beforeSilenceBps = Math.max(beforeSilenceBps, targetBps());
      rate.set(rate.bitrateBps() / 2, nowNanos);
      decayNanos = nowNanos + DECAY_STEP_NANOS;
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

  /** Whether there is an estimate at all; without one nothing is to be limited. */
  public boolean limiting(long nowNanos) {
    if (!active || sent.count() == 0) {
      return active && receiverEstimateBps >= 0;
    }
    return heard || nowNanos - firstSentNanos < UNHEARD_NANOS;
  }

  /** Whether the estimate rests on reports, and not on the first guess alone. */
  public boolean settled(long nowNanos) {
    return !active || sent.count() == 0 || (heard && nowNanos - firstSentNanos > SILENCE_NANOS);
  }

  /** Whether less is sent than the estimate allows. */
  public boolean applicationLimited() {
    return application.limited();
  }

  /** How much would be sent if it could be: probes go no further. */
  public void want(long bitrateBps) {
    planner.want(bitrateBps);
  }

  /** The rate to probe with now, or 0. */
  long nextProbeBps(long nowNanos) {
    return heard ? planner.next(targetBps(), nowNanos) : 0;
  }

  /** When {@link #nextProbeBps} may have something, or {@code Long.MAX_VALUE}. */
  long probeDeadlineNanos() {
    return heard ? planner.nextDeadlineNanos(targetBps()) : NEVER;
  }

  /** A probe begins; its id. */
  int beginProbe() {
    probes++;
    probe.expect(probes, Integer.MAX_VALUE);
    return probes;
  }

  /** All of a probe left. */
  void endProbe(int totalBytes) {
    probe.expectBytes(totalBytes);
  }

  /** A probe found nothing to send. */
  void abandonProbe(long nowNanos) {
    probe.expect(0, 0);
    planner.failed(nowNanos);
  }

  /** The counters, with the pacer's. */
  BandwidthStats stats(PacerStats pacer, long nowNanos) {
    return new BandwidthStats(
        targetBps(),
        newestArrival == NONE ? 0 : acked.bitrateBps(newestArrival),
        out.bitrateBps(nowNanos),
        loss.ratio(),
        roundTripNanos,
        feedbacks,
        probes,
        overuses,
        lowestBps,
        pacer);
  }

  long roundTripNanos() {
    return roundTripNanos < 0 ? DEFAULT_ROUND_TRIP_NANOS : roundTripNanos;
  }

  /** How often the target was lowered because a queue grew. */
  public long overuses() {
    return overuses;
  }
}
