package dev.amphi.server.slides;

/**
 * A page in one size.
 *
 * @param width pixels
 * @param height pixels
 * @param packed as the composition takes it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record PagePicture(int width, int height, byte[] packed) {}
