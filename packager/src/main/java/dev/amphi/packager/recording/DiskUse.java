package dev.amphi.packager.recording;

import java.util.HashMap;
import java.util.Map;

/** What the recordings of a node write together, because they share its disk. Thread-safe. */
final class DiskUse {
  /**
   * What all that run have written.
   *
   * @param bytesPerS how fast they go on
   */
  record Total(long bytes, double bytesPerS) {}

  private record Own(long bytes, double seconds) {}

  private final Map<Object, Own> running = new HashMap<>();

  /**
   * A recording has written so much; tells what all have.
   *
   * @param seconds in which it did
   */
  synchronized Total report(Object recording, long bytes, double seconds) {
    running.put(recording, new Own(bytes, seconds));
    long all = 0;
    double bytesPerS = 0;
    for (Own own : running.values()) {
      all += own.bytes();
      bytesPerS += own.seconds() > 0 ? own.bytes() / own.seconds() : 0;
    }
    return new Total(all, bytesPerS);
  }

  /** A recording writes no more. */
  synchronized void ended(Object recording) {
    running.remove(recording);
  }
}
