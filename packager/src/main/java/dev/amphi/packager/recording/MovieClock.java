package dev.amphi.packager.recording;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the instants of the wall clock stand in a movie, which is made of stretches: within one of
 * them time goes on, and what lies between two of them stands where the later one begins, or in
 * what was left free before it. Pure; for one thread.
 */
final class MovieClock {
  private static final long NANOS_PER_MS = 1_000_000;

  /**
   * Media without a break.
   *
   * @param zero wall clock where the movie's time is {@code zeroNanos}
   * @param from wall clock of the first picture
   */
  private record Stretch(Instant zero, long zeroNanos, Instant from) {
    long at(Instant instant) {
      return zeroNanos + Duration.between(zero, instant).toNanos();
    }
  }

  private final List<Stretch> stretches = new ArrayList<>();

  /** The next stretch of the movie begins. */
  void begin(Instant zero, long zeroNanos, Instant from) {
    stretches.add(new Stretch(zero, zeroNanos, from));
  }

  /** Milliseconds from the movie's beginning; 0 for what was before it. */
  long millis(Instant instant) {
    int own = stretches.size() - 1;
    while (own > 0 && stretches.get(own).from().isAfter(instant)) {
      own--;
    }
    if (own < 0) {
      return 0;
    }
    long nanos = stretches.get(own).at(instant);
    if (own + 1 < stretches.size()) {
      Stretch next = stretches.get(own + 1);
      nanos = Math.min(nanos, next.at(next.from()));
    }
    return Math.max(0, Math.floorDiv(nanos, NANOS_PER_MS));
  }

  boolean isEmpty() {
    return stretches.isEmpty();
  }
}
