package dev.amphi.interactive.receive;

import java.util.Arrays;

/**
 * How long an answer to a NACK takes. An answer to what was asked for once only belongs to that
 * question (Karn's rule). Where the round trip is longer than was thought everything is asked for
 * twice, and that rule alone would never learn it: so of the newest answers, counted from the first
 * question, the quickest is believed when it is slower than the estimate. Nearly always one of them
 * did answer the first question.
 */
final class NackRoundTrip {
  private static final int REMEMBERED = 8;
  private static final long MAX_NANOS = 2_000_000_000;

  private final long[] sinceFirst = new long[REMEMBERED];
  private int answers;
  private long nanos;

  NackRoundTrip(long initialNanos) {
    nanos = initialNanos;
    Arrays.fill(sinceFirst, Long.MAX_VALUE);
  }

  /** A packet came that was asked for {@code tries} times, the first time so long ago. */
  void onAnswer(long sinceFirstNanos, int tries) {
    sinceFirst[answers++ % REMEMBERED] = sinceFirstNanos;
    if (tries == 1) {
      onSample(sinceFirstNanos);
    } else if (answers >= REMEMBERED) {
      onSample(Math.max(nanos, quickest()));
    }
  }

  private long quickest() {
    long least = Long.MAX_VALUE;
    for (long each : sinceFirst) {
      least = Math.min(least, each);
    }
    return least;
  }

  /** Takes a measured round trip; what cannot be one is left out. */
  void onSample(long sampleNanos) {
    if (sampleNanos > 0 && sampleNanos < MAX_NANOS) {
      nanos += (sampleNanos - nanos) / 4;
    }
  }

  /** The smoothed round trip. */
  long nanos() {
    return nanos;
  }
}
