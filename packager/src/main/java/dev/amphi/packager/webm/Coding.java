package dev.amphi.packager.webm;

import dev.amphi.packager.mp4.Bytes;

/**
 * What a key frame says of the frames from it on.
 *
 * @param width in pixels; 0 for sound
 * @param height in pixels; 0 for sound
 * @param codecPrivate what a decoder has to know before; empty where it needs nothing
 */
public record Coding(int width, int height, Bytes codecPrivate) {
  /**
   * The longest sequence header or parameter set that is taken: real ones have some dozens of
   * bytes, and a journal repeats them.
   */
  static final int LONGEST_HEADER = 1024;
}
