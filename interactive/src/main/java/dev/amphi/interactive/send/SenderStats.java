package dev.amphi.interactive.send;

/** Counters of one subscription slot since it began. */
public record SenderStats(
    long packets,
    long bytes,
    long retransmitted,
    long retransmissionsRefused,
    long dropped,
    long switches,
    long keyFrameRequests,
    long roundTripNanos,
    int fractionLost) {}
