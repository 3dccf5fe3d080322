package dev.amphi.interactive.receive;

/** Counters of one published stream since it began. */
public record ReceiverStats(
    long packets,
    long bytes,
    long retransmitted,
    long duplicates,
    long malformed,
    long lost,
    long nacked,
    long givenUp,
    long frames,
    long framesDropped,
    long keyFrames,
    long keyFrameRequests,
    long jitterTicks) {}
