package dev.amphi.interactive.bandwidth;

import dev.amphi.interactive.bandwidth.DelayTrend.Usage;

/**
 * Additive increase, multiplicative decrease by what the delay says (draft-ietf-rmcat-gcc-02 §5.5):
 * up 8 % a second while the capacity is unknown, by a packet per response time near where it once
 * was, down to 85 % of what arrives when the queue grows. Never much more than what was
 * acknowledged: what was not sent proves nothing.
 */
final class RateControl {
  private static final double RISE_PER_SECOND = 0.08;
  private static final double BACK_OFF = 0.85;

  /** The draft says 1.5; a little less keeps the estimate nearer to what was proven. */
  private static final double PROVEN = 1.3;

  private static final double PACKET_BITS = 1200 * 8;
  private static final long BASE_RESPONSE_NANOS = 100_000_000;
  private static final long MIN_REDUCE_NANOS = 10_000_000;
  private static final long MAX_REDUCE_NANOS = 200_000_000;
  private static final double NANOS = 1e9;

  private final double minBps;
  private final double maxBps;
  private final LinkCapacity capacity = new LinkCapacity();
  private double rate;
  private double drainedBps;
  private boolean rising;
  private long changedNanos = Long.MIN_VALUE;
  private long reducedNanos = Long.MIN_VALUE;

  RateControl(long startBps, long minBps, long maxBps) {
    this.rate = (double) startBps;
    this.minBps = (double) minBps;
    this.maxBps = (double) maxBps;
  }

  long bitrateBps() {
    return (long) rate;
  }

  /** Sets the rate to what was measured. */
  void set(long bitrateBps, long nowNanos) {
    rate = Math.clamp((double) bitrateBps, minBps, maxBps);
    changedNanos = nowNanos;
  }

  /** Begins anew on another way. */
  void restart(long bitrateBps) {
    rate = Math.clamp((double) bitrateBps, minBps, maxBps);
    capacity.reset();
    drainedBps = 0;
    rising = false;
    changedNanos = Long.MIN_VALUE;
    reducedNanos = Long.MIN_VALUE;
  }

  /** What came out of a queue while there was one, in bit/s, or 0 while unknown. */
  void drained(long bitrateBps) {
    drainedBps = (double) bitrateBps;
  }

  /**
   * Takes what the delay says now.
   *
   * @param ackedBps what arrives, or 0 while unknown
   * @param sentBps what was sent
   * @param limited whether less was sent than the estimate allows
   */
  void update(
      Usage usage,
      long ackedBps,
      long sentBps,
      boolean limited,
      long roundTripNanos,
      long nowNanos) {
    if (changedNanos == Long.MIN_VALUE) {
      changedNanos = nowNanos;
    }
    switch (usage) {
      case OVER -> {
        if (mayReduce(ackedBps, limited, roundTripNanos, nowNanos)) {
          decrease(ackedBps, sentBps, limited, nowNanos);
        }
        rising = false;
      }
      case UNDER -> rising = false; // the queue drains: wait
      case NORMAL -> {
        if (rising) {
          increase(ackedBps, roundTripNanos, nowNanos);
        }
        rising = true;
      }
    }
    changedNanos = nowNanos;
  }

  private boolean mayReduce(long ackedBps, boolean limited, long roundTripNanos, long nowNanos) {
    long wait = Math.clamp(roundTripNanos, MIN_REDUCE_NANOS, MAX_REDUCE_NANOS);
    return reducedNanos == Long.MIN_VALUE
        || nowNanos - reducedNanos >= wait
        || (!limited && ackedBps > 0 && ackedBps < rate / 2);
  }

  private void decrease(long ackedBps, long sentBps, boolean limited, long nowNanos) {
    reducedNanos = nowNanos;
    if (ackedBps <= 0) {
      rate = Math.max(minBps, rate / 2);
      return;
    }
    double lowered = BACK_OFF * Math.max((double) ackedBps, drainedBps);
    // Pictures come in bursts: on the average less arrives than the way carries. What comes out of
    // a queue says how much that is; where nothing is known of one it has to be guessed. With
    // little under way jitter looks like a queue; a real one lets less out than goes in. And
    // what little arrives says little of what could: another way's longer delay must not count as
    // a link that is full.
    if (limited && drainedBps == 0) {
      lowered = Math.max(lowered, (ackedBps > 0.9 * sentBps ? BACK_OFF : 0.5) * rate);
    } else {
      long carried = (long) Math.max((double) ackedBps, Math.min(drainedBps, rate));
      if (capacity.below(carried)) {
        capacity.reset();
      }
      capacity.onOveruse(carried);
    }
    rate = Math.clamp(Math.min(rate, lowered), minBps, maxBps);
  }

  private void increase(long ackedBps, long roundTripNanos, long nowNanos) {
    if (capacity.above(ackedBps)) {
      capacity.reset();
    }
    double seconds = Math.clamp((nowNanos - changedNanos) / NANOS, 0, 1);
    double step =
        capacity.known()
            ? PACKET_BITS * seconds / ((roundTripNanos + BASE_RESPONSE_NANOS) / NANOS)
            : Math.max(1000, rate * RISE_PER_SECOND * seconds);
    double raised = Math.min(rate + step, PROVEN * ackedBps + 10_000);
    rate = Math.clamp(Math.max(rate, raised), minBps, maxBps);
  }

  /** What could be sent when the queue grew: mean and variance, smoothed. */
  private static final class LinkCapacity {
    private static final double SMOOTHING = 0.05;

    private double meanKbps;
    private double deviation = 0.4;

    boolean known() {
      return meanKbps > 0;
    }

    void reset() {
      meanKbps = 0;
    }

    void onOveruse(long bitrateBps) {
      double kbps = bitrateBps / 1000.0;
      meanKbps = known() ? (1 - SMOOTHING) * meanKbps + SMOOTHING * kbps : kbps;
      double error = meanKbps - kbps;
      deviation = (1 - SMOOTHING) * deviation + SMOOTHING * error * error / Math.max(meanKbps, 1.0);
      deviation = Math.clamp(deviation, 0.4, 2.5);
    }

    private double spreadKbps() {
      return 3 * Math.sqrt(deviation * meanKbps);
    }

    boolean above(long bitrateBps) {
      return known() && bitrateBps / 1000.0 > meanKbps + spreadKbps();
    }

    boolean below(long bitrateBps) {
      return known() && bitrateBps / 1000.0 < meanKbps - spreadKbps();
    }
  }
}
