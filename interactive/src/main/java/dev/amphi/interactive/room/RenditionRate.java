package dev.amphi.interactive.room;

import java.util.Arrays;

/**
 * What one stream of the program costs to send: what was declared until it was measured over four
 * seconds, in which key frames and what is between them weigh as they should. A stream that nobody
 * watches is not brought here; what was measured last then counts for half a minute more.
 */
final class RenditionRate {
  private static final long SLICE_NANOS = 500_000_000;
  private static final int SLICES = 8;
  private static final long GAP_NANOS = 2 * SLICE_NANOS;
  private static final long KEPT_NANOS = 30_000_000_000L;
  private static final long NEVER = Long.MIN_VALUE;
  private static final double SECONDS = SLICES * SLICE_NANOS / 1e9;

  private long declaredBps;
  private final long[] bytes = new long[SLICES];
  private long firstSlice = NEVER;
  private long newestSlice = NEVER;
  private long newestNanos = NEVER;
  private long measuredBps;
  private long measuredNanos = NEVER;

  RenditionRate(long declaredBps) {
    this.declaredBps = declaredBps;
  }

  void declare(long bitrateBps) {
    declaredBps = bitrateBps;
  }

  /** A packet of so many bytes goes out now, once for everybody. */
  void add(int length, long nowNanos) {
    long slice = Math.floorDiv(nowNanos, SLICE_NANOS);
    if (newestNanos == NEVER || nowNanos - newestNanos > GAP_NANOS) {
      Arrays.fill(bytes, 0);
      firstSlice = slice + 1; // the first is not whole
      newestSlice = slice;
    }
    while (newestSlice < slice) {
      newestSlice++;
      measure(nowNanos);
      bytes[Math.floorMod(newestSlice, SLICES)] = 0;
    }
    bytes[Math.floorMod(slice, SLICES)] += length;
    newestNanos = nowNanos;
  }

  /** The slices before the newest, which has just begun. */
  private void measure(long nowNanos) {
    if (newestSlice - firstSlice < SLICES) {
      return;
    }
    long sum = 0;
    for (long each : bytes) {
      sum += each;
    }
    measuredBps = (long) (sum * 8 / SECONDS);
    measuredNanos = nowNanos;
  }

  /** In bit/s. */
  long bitrateBps(long nowNanos) {
    boolean known = measuredNanos != NEVER && nowNanos - measuredNanos < KEPT_NANOS;
    return known ? measuredBps : declaredBps;
  }
}
