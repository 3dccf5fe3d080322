package dev.amphi.server.webhook;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * When a message is tried again: after a first wait, then four times as long each time up to a
 * longest one, each up to a quarter more or less, so that what failed together does not come back
 * together; and no more once it is too old. Pure.
 *
 * @param life since it happened
 */
record RetryPlan(Duration first, Duration longest, Duration life) {
  static final RetryPlan STANDARD =
      new RetryPlan(Duration.ofSeconds(5), Duration.ofHours(12), Duration.ofDays(3));

  private static final double SPREAD = 0.25;
  private static final double GROWTH = 4;
  private static final int MOST_DOUBLED = 20;

  /**
   * How long to wait.
   *
   * @param failures how often it failed, from 1
   * @param ageMillis since it happened
   * @param askedMillis for how long the endpoint asked to be left alone, 0 where it did not
   * @param random for the spread
   * @return milliseconds; empty when it is given up
   */
  OptionalLong waitMillis(int failures, long ageMillis, long askedMillis, RandomGenerator random) {
    double grown =
        (double) first.toMillis() * Math.pow(GROWTH, (double) Math.min(failures - 1, MOST_DOUBLED));
    double spread = 1 - SPREAD + 2 * SPREAD * random.nextDouble();
    long wait = Math.round(Math.min(grown, (double) longest.toMillis()) * spread);
    long asked = Math.min(Math.max(0, askedMillis), longest.toMillis());
    long chosen = Math.max(wait, asked);
    return ageMillis + chosen > life.toMillis() ? OptionalLong.empty() : OptionalLong.of(chosen);
  }
}
