package dev.amphi.interactive.receive;

/**
 * Counters of one published stream since it began.
 *
 * @param retransmitted packets that came because they were asked for
 * @param recovered packets made from the redundancy in others
 * @param lost packets of the media's own that did not come, however they were repaired
 */
public record ReceiverStats(
    long packets,
    long bytes,
    long retransmitted,
    long recovered,
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
