package dev.amphi.server.load;

import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again: a second, twice as long after each failure up to a minute,
 * and each time up to half of it less, so that many who failed together do not come back together.
 * Pure; not thread-safe.
 */
final class Backoff {
  static final long FIRST_MILLIS = 1_000;
  static final long MOST_MILLIS = 60_000;

  private final RandomGenerator random;
  private long millis = FIRST_MILLIS;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /** The wait after one more failure. */
  long nextMillis() {
    long wait = millis - random.nextLong(millis / 2 + 1);
    millis = Math.min(MOST_MILLIS, 2 * millis);
    return wait;
  }

  /** It worked: the next failure is a first one. */
  void reset() {
    millis = FIRST_MILLIS;
  }
}
