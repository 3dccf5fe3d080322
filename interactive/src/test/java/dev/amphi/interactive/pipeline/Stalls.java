package dev.amphi.interactive.pipeline;

import java.util.Random;

/** When one end gets no processor: what is due meanwhile is done at the end of the stall. */
final class Stalls {
  static final Stalls NONE = new Stalls(0, 1, 0, 0, 0);

  private static final int COUNT = 4096;

  private final long[] starts = new long[COUNT];
  private final long[] ends = new long[COUNT];
  private final int count;

  private Stalls(long seed, long apartMillis, long leastMillis, long mostMillis, int count) {
    Random random = new Random(seed);
    this.count = count;
    long at = 0;
    for (int i = 0; i < count; i++) {
      at += (long) ((0.5 + random.nextDouble()) * apartMillis * Simulation.MILLI);
      starts[i] = at;
      at += (long) ((leastMillis + random.nextDouble() * (mostMillis - leastMillis)) * 1e6);
      ends[i] = at;
    }
  }

  /** Stalls of a length between two, about so far apart. */
  static Stalls of(long seed, long apartMillis, long leastMillis, long mostMillis) {
    return new Stalls(seed, apartMillis, leastMillis, mostMillis, COUNT);
  }

  /** When something that is due at a moment can be done. */
  long freeAt(long nanos) {
    int low = 0;
    int high = count - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (ends[middle] <= nanos) {
        low = middle + 1;
      } else if (starts[middle] > nanos) {
        high = middle - 1;
      } else {
        return ends[middle];
      }
    }
    return nanos;
  }
}
