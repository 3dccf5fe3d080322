package dev.amphi.server.load.hls;

import java.util.List;

/**
 * A segment, or the beginning of the one that is being made.
 *
 * @param sequence media sequence number
 * @param uri empty while only parts are there
 * @param startNanos its place on the timeline of PROGRAM-DATE-TIME, nanoseconds since 1970
 * @param durationNanos of what is there
 * @param initUri of its EXT-X-MAP, empty when there is none
 */
record MediaSegment(
    long sequence,
    String uri,
    long startNanos,
    long durationNanos,
    String initUri,
    boolean gap,
    List<MediaPart> parts) {
  /** Whether the segment is whole. */
  boolean complete() {
    return !uri.isEmpty();
  }

  long endNanos() {
    return startNanos + durationNanos;
  }
}
