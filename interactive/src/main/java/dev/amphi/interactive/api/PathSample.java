package dev.amphi.interactive.api;

/**
 * One peer connection that is up, as it is now.
 *
 * @param estimateBps what may be sent to the participant; an upper bound while nothing is known
 * @param slots that show something
 * @param pausedSlots those of them that rest for lack of bandwidth
 * @param data whether data channels may carry something
 */
public record PathSample(
    StageMeter.Way way, long estimateBps, int slots, int pausedSlots, boolean data) {}
