package dev.amphi.interactive.bandwidth;

import dev.amphi.interactive.rtp.TransportArrivals;

/** The far side's clock: unwraps the 24 bits of the reference times that its feedback carries. */
final class ArrivalClock {
  private static final long TICK_NANOS = TransportArrivals.TICK_MICROS * 1000L;
  private static final long REFERENCE_NANOS = 64_000_000;
  private static final int REFERENCE_BITS = 24;

  private long reference;
  private boolean started;

  /** A message with this reference time came. */
  void on(int wire) {
    if (!started) {
      reference = wire;
      started = true;
    } else {
      int shift = Long.SIZE - REFERENCE_BITS;
      reference += (wire - reference) << shift >> shift;
    }
  }

  /** When something arrived, by ticks after the newest reference. */
  long nanos(int ticks) {
    return reference * REFERENCE_NANOS + ticks * TICK_NANOS;
  }
}
