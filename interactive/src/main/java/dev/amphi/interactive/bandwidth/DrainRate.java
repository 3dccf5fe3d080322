package dev.amphi.interactive.bandwidth;

/**
 * How fast a queue on the way empties, which is what the way carries however little is sent on the
 * whole: between two packets that both waited it was never idle (packet train dispersion). Over the
 * last half to whole second. What waited for a processor comes all at once, and shows a rate so
 * large that it speaks against nothing.
 */
final class DrainRate {
  /** Less is jitter. */
  private static final long WAITED_NANOS = 5_000_000;

  private static final long SPAN_NANOS = 500_000_000;
  private static final long LEAST_NANOS = 30_000_000;
  private static final int LEAST_PACKETS = 5;
  private static final long NONE = Long.MIN_VALUE;

  private long startNanos = NONE;
  private long arrivedNanos = NONE;
  private boolean waited;
  private long bytes;
  private long nanos;
  private int packets;
  private long bytesBefore;
  private long nanosBefore;
  private int packetsBefore;

  /** A packet arrived, which had waited so long in a queue. */
  void onPacket(int size, long queuedNanos, long arrived) {
    if (startNanos == NONE || arrived - startNanos >= SPAN_NANOS) {
      boolean recent = startNanos != NONE && arrived - startNanos < 2 * SPAN_NANOS;
      bytesBefore = recent ? bytes : 0;
      nanosBefore = recent ? nanos : 0;
      packetsBefore = recent ? packets : 0;
      bytes = 0;
      nanos = 0;
      packets = 0;
      startNanos = arrived;
    }
    boolean waits = queuedNanos > WAITED_NANOS;
    if (waits && waited && arrivedNanos != NONE) {
      bytes += size;
      nanos += Math.max(0, arrived - arrivedNanos);
      packets++;
    }
    waited = waits;
    arrivedNanos = arrivedNanos == NONE ? arrived : Math.max(arrivedNanos, arrived);
  }

  /** In bit/s, or 0 while too little is known. */
  long bitrateBps() {
    long span = nanos + nanosBefore;
    return span < LEAST_NANOS || packets + packetsBefore < LEAST_PACKETS
        ? 0
        : (bytes + bytesBefore) * 8_000_000_000L / span;
  }

  /** Begins anew, as after a silence. */
  void reset() {
    startNanos = NONE;
    arrivedNanos = NONE;
    waited = false;
    bytes = 0;
    nanos = 0;
    packets = 0;
    bytesBefore = 0;
    nanosBefore = 0;
    packetsBefore = 0;
  }
}
