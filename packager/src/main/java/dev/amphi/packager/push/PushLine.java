package dev.amphi.packager.push;

import java.time.Duration;
import java.time.Instant;

/**
 * The time of what is pushed: one line that never goes back, over all starts of the composer.
 *
 * <p>Each start counts from a zero of its own at a known wall clock. What lies between two of them
 * stays on the line, as a pause, unless the wall clock was put: then the line goes on where it was.
 */
public final class PushLine {
  /** No composer is away for so long: the clock was put ahead. */
  private static final long LONGEST_PAUSE_NANOS = 60_000_000_000L;

  private static final long NANOS = 1_000_000_000L;

  private Instant firstZero = Instant.EPOCH;
  private int epoch = -1;
  private long zeroNanos;
  private long endNanos;

  /**
   * A track of a start of the composer was declared.
   *
   * @param startsAt the wall clock at that start's time zero
   */
  public void format(Instant startsAt, int startEpoch) {
    if (epoch < 0) {
      firstZero = startsAt;
    } else if (startEpoch != epoch) {
      long byClock = Duration.between(firstZero, startsAt).toNanos();
      long pause = byClock - endNanos;
      zeroNanos = pause < 0 || pause > LONGEST_PAUSE_NANOS ? endNanos : byClock;
    }
    epoch = startEpoch;
  }

  /** A sample's time on the line. */
  public long nanos(long timeTicks, int durationTicks, int timescale) {
    long time = zeroNanos + scaled(timeTicks, timescale);
    endNanos = Math.max(endNanos, time + scaled(durationTicks, timescale));
    return time;
  }

  private static long scaled(long ticks, int timescale) {
    return ticks / timescale * NANOS + ticks % timescale * NANOS / timescale;
  }
}
