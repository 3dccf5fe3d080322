package dev.amphi.interactive.bandwidth;

/**
 * The bounds of an estimate, in bit/s.
 *
 * @param startBps before anything is known
 * @param minBps never less: sound
 * @param maxBps never more, whatever a receiver claims
 */
public record BandwidthLimits(long startBps, long minBps, long maxBps) {
  /** For a participant's browser. */
  public static final BandwidthLimits DEFAULT = new BandwidthLimits(300_000, 30_000, 30_000_000);

  public BandwidthLimits {
    if (minBps <= 0 || startBps < minBps || maxBps < startBps) {
      throw new IllegalArgumentException(
          "Bandwidth limits must rise: 0 < "
              + minBps
              + " (min) <= "
              + startBps
              + " (start) <= "
              + maxBps
              + " (max)");
    }
  }
}
