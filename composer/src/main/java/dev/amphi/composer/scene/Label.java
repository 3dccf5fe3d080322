package dev.amphi.composer.scene;

/**
 * A lower third: a dark band at a tile's lower left with a name on it.
 *
 * @param text shown literally, whatever it is
 * @param height of the band in pixels, even
 * @param maxWidth of the band in pixels, even; longer text is cut with an ellipsis
 */
public record Label(String text, int height, int maxWidth) {}
