package dev.amphi.interactive.bandwidth;

/**
 * One layer of a source, and what it costs to send it.
 *
 * @param spatial 0 is the smallest picture
 * @param temporal 0 is the lowest frame rate
 * @param bitrateBps measured lately, with all the layers that it needs
 * @param width of the picture in pixels; 0 for sound, and while unknown
 * @param height of the picture in pixels; 0 for sound, and while unknown
 * @param active whether packets of it come now
 */
public record LayerRate(
    int spatial, int temporal, long bitrateBps, int width, int height, boolean active) {}
