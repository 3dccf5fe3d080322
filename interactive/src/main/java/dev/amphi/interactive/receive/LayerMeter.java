package dev.amphi.interactive.receive;

import org.jspecify.annotations.Nullable;

/** Measures the bitrate of each layer inside one stream. */
public final class LayerMeter {
  /** Layers beyond these are counted with the last one. */
  public static final int SPATIAL = 4;

  public static final int TEMPORAL = 4;

  /** So long that a key frame, ten times as large as others, hardly counts. */
  private static final int SECONDS = 4;

  private final @Nullable RateMeter[] meters = new RateMeter[SPATIAL * TEMPORAL];
  private int spatials = 1;
  private int temporals = 1;

  /** Counts a packet of a layer that comes now. */
  public void add(int spatial, int temporal, int bytes, long nowNanos) {
    int s = Math.min(spatial, SPATIAL - 1);
    int t = Math.min(temporal, TEMPORAL - 1);
    RateMeter meter = meters[s * TEMPORAL + t];
    if (meter == null) {
      meter = new RateMeter(SECONDS);
      meters[s * TEMPORAL + t] = meter;
      spatials = Math.max(spatials, s + 1);
      temporals = Math.max(temporals, t + 1);
    }
    meter.add(bytes, nowNanos);
  }

  /** How many spatial layers were seen. */
  public int spatials() {
    return spatials;
  }

  /** How many temporal layers were seen. */
  public int temporals() {
    return temporals;
  }

  /** Bits per second of a layer and all those below it. */
  public long bps(int spatial, int temporal, long nowNanos) {
    long sum = 0;
    for (int s = 0; s <= Math.min(spatial, SPATIAL - 1); s++) {
      for (int t = 0; t <= Math.min(temporal, TEMPORAL - 1); t++) {
        RateMeter meter = meters[s * TEMPORAL + t];
        sum += meter == null ? 0 : meter.bps(nowNanos);
      }
    }
    return sum;
  }
}
