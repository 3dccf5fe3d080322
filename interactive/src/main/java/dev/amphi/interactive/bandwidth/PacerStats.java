package dev.amphi.interactive.bandwidth;

/**
 * What the pacer of one transport did.
 *
 * @param queued packets that wait now
 * @param waited packets that had to wait so far
 * @param longestWaitNanos of one that left
 * @param hurried packets that left early because there was no room for more
 * @param discarded packets of streams that ended while they waited
 * @param recalled packets that were taken back because something else was to be shown
 */
public record PacerStats(
    int queued, long waited, long longestWaitNanos, long hurried, long discarded, long recalled) {}
