package dev.amphi.composer.load;

import dev.amphi.composer.api.Shed;

/**
 * Decides whether a program that has given up everything and still falls behind is to be started
 * again: a new process is on the clock at once, and costs two seconds. So only when the program is
 * five seconds behind for three seconds, and not again within a minute, then two, four and so on to
 * sixteen: what a machine has no time for no restart brings back. For one caller at a time.
 */
public final class Backlog {
  private static final long BEHIND_NANOS = 5_000_000_000L;
  private static final long FOR_NANOS = 3_000_000_000L;
  private static final long LEAST_PAUSE_NANOS = 60_000_000_000L;
  private static final long MOST_PAUSE_NANOS = 16 * LEAST_PAUSE_NANOS;

  private boolean behind;
  private long sinceNanos;
  private long pauseNanos;
  private long restartedNanos;

  /**
   * Takes one observation.
   *
   * @param lateNanos how far the newest sample of the slowest rendition is behind the clock
   * @param shed what the program goes without
   * @return whether to start it again now
   */
  public boolean hopeless(long nowNanos, long lateNanos, Shed shed) {
    if (lateNanos < BEHIND_NANOS || shed.more() != shed) {
      behind = false;
      return false;
    }
    if (!behind) {
      behind = true;
      sinceNanos = nowNanos;
    }
    boolean paused = pauseNanos == 0 || nowNanos - restartedNanos >= pauseNanos;
    if (!paused || nowNanos - sinceNanos < FOR_NANOS) {
      return false;
    }
    behind = false;
    restartedNanos = nowNanos;
    pauseNanos = Math.min(MOST_PAUSE_NANOS, Math.max(LEAST_PAUSE_NANOS, 2 * pauseNanos));
    return true;
  }
}
