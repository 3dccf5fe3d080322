package dev.amphi.packager.vault;

import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * When to try again: after a second, two, four … a minute, each time a random half shorter, so that
 * many nodes do not come back in step. It never gives up. For one thread.
 */
final class Backoff {
  private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long LAST_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final RandomGenerator random;
  private long step = FIRST_NANOS;
  private long until = Long.MIN_VALUE;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /** It failed. */
  void failed(long nowNanos) {
    until = nowNanos + step / 2 + random.nextLong(step / 2);
    step = Math.min(step * 2, LAST_NANOS);
  }

  /** It works. */
  void succeeded() {
    step = FIRST_NANOS;
    until = Long.MIN_VALUE;
  }

  /** Not before then; the past when it works. */
  long untilNanos() {
    return until;
  }
}
