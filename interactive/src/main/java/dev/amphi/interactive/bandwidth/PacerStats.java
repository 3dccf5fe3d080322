package dev.amphi.interactive.bandwidth;

/**
 * What the pacer of one transport did.
 *
 * @param queued packets that wait now
 * @param waited packets that had to wait so far
 * @param longestWaitNanos of one that left
 * @param droppedFull packets for which there was no room
 * @param droppedLate packets that waited too long
 * @param discarded packets of slots that nobody wanted any more while they waited
 */
public record PacerStats(
    int queued,
    long waited,
    long longestWaitNanos,
    long droppedFull,
    long droppedLate,
    long discarded) {}
