package dev.amphi.interactive.api;

/**
 * One size of the program's picture that may be watched over WebRTC.
 *
 * @param name as {@code 720p}
 * @param bitrateBps what its encoder aims at, in bit/s; counts until it was measured
 */
public record ProgramRendition(String name, long bitrateBps) {}
