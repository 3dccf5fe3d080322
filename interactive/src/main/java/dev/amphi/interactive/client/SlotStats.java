package dev.amphi.interactive.client;

/**
 * What came in one slot.
 *
 * @param trackId what it shows now, empty for nothing
 * @param lost packets that never came, retransmissions included
 * @param frames whole frames
 * @param freezes gaps of more than half a second between two whole frames of one track
 * @param frozenNanos how long those were in all
 * @param firstPacketNanos monotonic time of the first packet ever, -1 before it
 * @param firstFrameNanos monotonic time of the first whole frame, -1 before it
 */
public record SlotStats(
    String mid,
    boolean video,
    String trackId,
    long packets,
    long bytes,
    long lost,
    long frames,
    long keyFrames,
    long freezes,
    long frozenNanos,
    long firstPacketNanos,
    long firstFrameNanos) {}
