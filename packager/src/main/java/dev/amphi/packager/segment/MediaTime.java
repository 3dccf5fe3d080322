package dev.amphi.packager.segment;

import java.time.Instant;

/**
 * A time or a duration of media, exact.
 *
 * @param ticks counted from the program's time zero
 * @param timescale ticks per second
 */
public record MediaTime(long ticks, int timescale) implements Comparable<MediaTime> {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** Seconds, rounded to a double. */
  public double seconds() {
    return (double) ticks / timescale;
  }

  /** The wall clock at this time when time zero was at {@code origin}. */
  public Instant after(Instant origin) {
    long seconds = Math.floorDiv(ticks, timescale);
    long rest = Math.floorMod(ticks, (long) timescale);
    return origin.plusSeconds(seconds).plusNanos(rest * NANOS_PER_SECOND / timescale);
  }

  @Override
  public int compareTo(MediaTime other) {
    return Long.compare(ticks * other.timescale, other.ticks * timescale);
  }
}
