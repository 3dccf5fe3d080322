package dev.amphi.interactive.client;

import dev.amphi.interactive.api.TrackView.Source;

/**
 * What went out of one source.
 *
 * @param retransmitted packets sent again
 * @param keyFramesAsked requests of the server for a key frame
 * @param roundTripNanos to the server, -1 while unknown
 */
public record SentStats(
    Source source,
    long packets,
    long bytes,
    long retransmitted,
    long keyFramesAsked,
    long roundTripNanos) {}
