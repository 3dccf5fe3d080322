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

  private final List<JournalEntry.Stretch> stretches = new ArrayList<>();

  /** The next stretch of the movie begins. */
  void begin(Instant zero, long zeroNanos, Instant from) {
    stretches.add(new JournalEntry.Stretch(zero, zeroNanos, from));
  }

  /** The same clock from what was said of it. */
  static MovieClock of(JournalEntry.Timeline timeline) {
    MovieClock clock = new MovieClock();
    clock.stretches.addAll(timeline.stretches());
    return clock;
  }

  /** All that is known of it. */
  JournalEntry.Timeline timeline() {
    return new JournalEntry.Timeline(stretches);
  }

  /** Whether the movie's time goes on at an instant, which it does not before it or in a pause. */
  boolean runs(Instant instant) {
    int own = own(instant);
    if (own < 0 || instant.isBefore(stretches.getFirst().from())) {
      return false;
    }
    return own + 1 == stretches.size() || at(own, instant) <= beginning(own + 1);
  }

  /** Milliseconds from the movie's beginning; 0 for what was before it. */
  long millis(Instant instant) {
    int own = own(instant);
    if (own < 0) {
      return 0;
    }
    long nanos = at(own, instant);
    if (own + 1 < stretches.size()) {
      nanos = Math.min(nanos, beginning(own + 1));
    }
    return Math.max(0, Math.floorDiv(nanos, NANOS_PER_MS));
  }

  private int own(Instant instant) {
    int own = stretches.size() - 1;
    while (own > 0 && stretches.get(own).from().isAfter(instant)) {
      own--;
    }
    return own;
  }

  private long beginning(int stretch) {
    return at(stretch, stretches.get(stretch).from());
  }

  private long at(int stretch, Instant instant) {
    JournalEntry.Stretch own = stretches.get(stretch);
    return own.zeroNanos() + Duration.between(own.zero(), instant).toNanos();
  }

  boolean isEmpty() {
    return stretches.isEmpty();
  }
}
