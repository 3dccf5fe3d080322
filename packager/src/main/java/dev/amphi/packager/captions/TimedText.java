package dev.amphi.packager.captions;

/**
 * Words and their place in a file.
 *
 * @param startMs from the file's beginning
 * @param endMs later than {@code startMs}
 */
public record TimedText(long startMs, long endMs, String text) {}
