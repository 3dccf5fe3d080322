package dev.amphi.server.load.composer;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Coded frames that can be played again and again: the first stands for itself.
 *
 * @param frames in order; only read
 * @param frameTicks length of a frame
 * @param ticksPerSecond 90,000 or 48,000
 */
record CodedLoop(List<ByteBuffer> frames, int frameTicks, int ticksPerSecond) {
  CodedLoop {
    frames = List.copyOf(frames);
  }

  /** The frame with that number, counted on over the end. */
  ByteBuffer frame(long number) {
    return frames.get((int) (number % frames.size())).duplicate();
  }

  boolean isFirst(long number) {
    return number % frames.size() == 0;
  }

  /** When a frame begins, from the beginning of the first. */
  long nanos(long number) {
    return Math.multiplyExact(number * frameTicks, 1_000_000_000L / ticksPerSecond)
        + number * frameTicks * (1_000_000_000L % ticksPerSecond) / ticksPerSecond;
  }

  /** How many frames so many seconds take. */
  long count(int seconds) {
    return (long) seconds * ticksPerSecond / frameTicks;
  }
}
