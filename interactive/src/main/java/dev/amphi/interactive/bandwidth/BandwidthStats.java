package dev.amphi.interactive.bandwidth;

/**
 * What one transport knows of its way out.
 *
 * @param estimateBps what may be sent; the upper bound where nothing is known
 * @param availableBps what may be shared out
 * @param queueNanos how long packets stand in a queue on the way
 * @param ackedBps what was acknowledged lately
 * @param sentBps what was sent lately
 * @param lossRatio of the last half second that was reported, 0 to 1
 * @param roundTripNanos by transport feedback, or -1
 * @param feedbacks transport feedback messages taken
 * @param probes that were sent
 * @param overuses times that the estimate was lowered for a growing queue
 * @param excused times that delays grew without a queue, which lowers nothing
 * @param narrow what said first that the way is narrow
 * @param lowestBps the lowest estimate since the first second, or -1
 * @param pacer what the pacer did
 */
public record BandwidthStats(
    long estimateBps,
    long availableBps,
    long queueNanos,
    long ackedBps,
    long sentBps,
    double lossRatio,
    long roundTripNanos,
    long feedbacks,
    long probes,
    long overuses,
    long excused,
    Narrowness narrow,
    long lowestBps,
    PacerStats pacer) {}
