package dev.amphi.composer.codec;

/**
 * How a picture is to be coded.
 *
 * @param width pixels, even
 * @param height pixels, even
 * @param framesPerSecond nominal rate, which also is the unit of rate control
 * @param keyFrameInterval frames from one key frame to the next, exactly
 * @param bitrateBps target; the peak over one second stays below 1.3 times this
 */
public record VideoEncoding(
    int width, int height, int framesPerSecond, int keyFrameInterval, int bitrateBps) {}
