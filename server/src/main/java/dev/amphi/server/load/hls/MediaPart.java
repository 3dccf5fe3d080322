package dev.amphi.server.load.hls;

/**
 * A partial segment (RFC 8216bis §4.4.4.9).
 *
 * @param startNanos its place on the timeline of PROGRAM-DATE-TIME, nanoseconds since 1970
 */
record MediaPart(
    String uri, long startNanos, long durationNanos, boolean independent, boolean gap) {}
