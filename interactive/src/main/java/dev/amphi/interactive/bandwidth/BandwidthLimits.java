package dev.amphi.interactive.bandwidth;

/**
 * The bounds of an estimate, in bit/s.
 *
 * @param startBps what is proven before anything is known
 * @param openBps what is shared out all the same, as long as nothing says that the way is narrow
 * @param minBps never less: sound
 * @param maxBps never more, whatever a receiver claims
 */
public record BandwidthLimits(long startBps, long openBps, long minBps, long maxBps) {
  /** For a participant's browser. */
  public static final BandwidthLimits DEFAULT =
      new BandwidthLimits(300_000, 2_500_000, 30_000, 30_000_000);

  public BandwidthLimits {
    if (minBps <= 0 || startBps < minBps || openBps < startBps || maxBps < openBps) {
      throw new IllegalArgumentException(
          "Bandwidth limits must rise: 0 < "
              + minBps
              + " (min) <= "
              + startBps
              + " (start) <= "
              + openBps
              + " (open) <= "
              + maxBps
              + " (max)");
    }
  }
}
