package dev.amphi.server.load.composer;

import java.util.Arrays;

/** When each frame of each source was handed over, on the monotonic clock. Thread-safe. */
final class FedLog implements Feeder.Fed {
  private static final long NONE = -1;

  private final long[][] nanos;

  /** For so many sources. */
  FedLog(int sources) {
    nanos = new long[sources][0];
  }

  @Override
  public synchronized void fed(int source, long number, long atNanos) {
    int index = Math.toIntExact(number);
    if (index >= nanos[source].length) {
      int before = nanos[source].length;
      nanos[source] = Arrays.copyOf(nanos[source], Math.max(256, 2 * index));
      Arrays.fill(nanos[source], before, nanos[source].length, NONE);
    }
    nanos[source][index] = atNanos;
  }

  /**
   * The last frame with that place in its loop that was there at an instant, or -1.
   *
   * @param loop how many frames the loop has
   */
  synchronized long latest(int source, int inLoop, int loop, long atNanos) {
    long found = NONE;
    for (int i = inLoop; i < nanos[source].length && nanos[source][i] != NONE; i += loop) {
      if (nanos[source][i] <= atNanos) {
        found = i;
      }
    }
    return found;
  }

  /** When that frame was handed over. */
  synchronized long nanos(int source, long number) {
    return nanos[source][Math.toIntExact(number)];
  }
}
