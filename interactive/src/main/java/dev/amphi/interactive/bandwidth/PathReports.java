package dev.amphi.interactive.bandwidth;

import dev.amphi.interactive.bandwidth.DelayTrend.Usage;
import dev.amphi.interactive.rtp.TransportArrivals;

/**
 * What transport-wide feedback says of one transport's way: how much arrives, how late, how much is
 * lost, and how long a packet and the word of it take.
 */
final class PathReports {
  private static final long NONE = Long.MIN_VALUE;

  private final SentPackets sent = new SentPackets();
  private final ArrivalClock clock = new ArrivalClock();
  private final DelaySignal delay = new DelaySignal();
  private final RateWindow acked = new RateWindow();
  private final LossControl loss;
  private final Prober prober;
  private long newestArrival = NONE;
  private long roundTripNanos = -1;
  private long messages;

  /** Packets with lower numbers took another way. */
  private long firstNumber;

  /** The loss of what left before says nothing of what is sent now. */
  private long lossFromNanos = NONE;

  PathReports(BandwidthLimits limits, Prober prober) {
    this.loss = new LossControl(limits.minBps(), limits.maxBps());
    this.prober = prober;
  }

  /** A packet leaves; its number. */
  long onSent(int size, int probe, long nowNanos) {
    return sent.put(size, probe, nowNanos);
  }

  /** Packets that were sent. */
  long sent() {
    return sent.count();
  }

  /** Takes a message; true when it says that something arrived. */
  boolean onMessage(TransportArrivals arrivals, long nowNanos) {
    messages++;
    long base = sent.unwrap(arrivals.baseSequence());
    clock.on(arrivals.referenceTime());
    long newestSent = NONE;
    for (int i = 0; i < arrivals.count(); i++) {
      int place = base + i < firstNumber ? SentPackets.NO_PLACE : sent.find(base + i);
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
    if (newestSent == NONE) {
      return false;
    }
    long sample = nowNanos - newestSent;
    roundTripNanos = roundTripNanos < 0 ? sample : roundTripNanos + (sample - roundTripNanos) / 8;
    return true;
  }

  private void onMissing(int place) {
    if (!sent.lost(place)) {
      if (sent.sentNanos(place) >= lossFromNanos) {
        loss.onReported(false);
      }
      delay.onLost();
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

  /** What arrives, in bit/s; 0 while unknown. */
  long ackedBps() {
    return newestArrival == NONE ? 0 : acked.bitrateBps(newestArrival);
  }

  /** What the delays say, when so much leaves. */
  Usage usage(long sentBps) {
    return delay.usage(ackedBps(), sentBps);
  }

  DelaySignal delay() {
    return delay;
  }

  LossControl loss() {
    return loss;
  }

  /** Judges the loss; true when so much was lost that the way must be narrow. */
  boolean overflows(long targetBps, long sentBps, long nowNanos) {
    boolean much = loss.update(targetBps, ackedBps(), sentBps, delay.full(), nowNanos);
    if (much) {
      lossFromNanos = nowNanos;
    }
    return much;
  }

  /** Or -1. */
  long roundTripNanos() {
    return roundTripNanos;
  }

  /** Messages taken. */
  long messages() {
    return messages;
  }

  /** Reports come again after they were missed: what was lost meanwhile is no sign. */
  void resume(long nowNanos) {
    delay.reset();
    acked.reset();
    newestArrival = NONE;
    lossFromNanos = nowNanos;
  }

  /** Another way: nothing that was said of the one before counts, nor what is still said of it. */
  void restart() {
    delay.reset();
    acked.reset();
    loss.reset();
    newestArrival = NONE;
    roundTripNanos = -1;
    firstNumber = sent.count();
  }
}
