package dev.amphi.interactive.api;

/**
 * One size of the program's picture that may be watched over WebRTC, as H.264.
 *
 * @param name as {@code 720p}
 * @param width pixels; 0 where nobody said, and likewise the next two
 * @param height pixels
 * @param framesPerSecond at most
 * @param bitrateBps what its encoder aims at, in bit/s; counts until it was measured
 */
public record ProgramRendition(
    String name, int width, int height, int framesPerSecond, long bitrateBps) {
  /** A picture that is small enough for everybody. */
  public ProgramRendition(String name, long bitrateBps) {
    this(name, 0, 0, 0, bitrateBps);
  }
}
