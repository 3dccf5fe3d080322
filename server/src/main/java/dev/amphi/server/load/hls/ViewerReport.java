package dev.amphi.server.load.hls;

/**
 * How a viewer fared.
 *
 * @param startupNanos from the first request to the first picture; -1 when it never played
 * @param stalls times that it ran out of media
 * @param stalledNanos time spent waiting after the start
 * @param errors answers that were not the ones asked for
 * @param lastError the last of them, empty for none
 */
public record ViewerReport(
    long startupNanos, int stalls, long stalledNanos, int errors, String lastError) {
  /** Whether it ever played. */
  public boolean played() {
    return startupNanos >= 0;
  }
}
