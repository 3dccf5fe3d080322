package dev.amphi.composer.scene;

/**
 * A colourless drawing to be laid over a picture.
 *
 * @param width pixels, even
 * @param height pixels, even
 * @param luma one byte per pixel, 16 to 235
 * @param alpha one byte per pixel, 255 hides what is below
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; made once and only read
public record Overlay(int width, int height, byte[] luma, byte[] alpha) {}
