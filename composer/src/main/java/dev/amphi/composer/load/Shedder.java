package dev.amphi.composer.load;

import dev.amphi.composer.api.Shed;

/**
 * Decides what a program goes without, by how late it is and how busy its busiest thread.
 *
 * <p>Down quickly: after half a second of strain the next thing goes, at most one a second, so that
 * each has time to show what it saves. Up slowly: after ten seconds of calm one thing comes back;
 * when that was too early the next attempt waits twice as long, three minutes at most. Calm is less
 * than half busy, because what comes back may cost twice as much. The first three seconds say
 * nothing: a process that has just begun loads its classes and letters and compiles them, and is
 * late on any machine. For one thread.
 */
public final class Shedder {
  private static final long STRAINED_LATE_NANOS = 150_000_000L;
  private static final double STRAINED_BUSY = 0.9;
  private static final long CALM_LATE_NANOS = 70_000_000L;
  private static final double CALM_BUSY = 0.45;
  private static final long STRAIN_NANOS = 500_000_000L;
  private static final long BETWEEN_NANOS = 1_000_000_000L;
  private static final long LEAST_CALM_NANOS = 10_000_000_000L;
  private static final long MOST_CALM_NANOS = 180_000_000_000L;

  private static final long BEGINNING_NANOS = 3_000_000_000L;

  private Shed shed = Shed.NOTHING;
  private boolean begun;
  private long begunNanos;
  private boolean strained;
  private long strainedSinceNanos;
  private boolean calm;
  private long calmSinceNanos;
  private long changedNanos = Long.MIN_VALUE / 2;
  private long regainedNanos = Long.MIN_VALUE / 2;
  private long calmNanos = LEAST_CALM_NANOS;

  /** What is given up now. */
  public Shed shed() {
    return shed;
  }

  /**
   * Takes one observation; to be told some thirty times a second.
   *
   * @param lateNanos how far the program's picture is behind the clock
   * @param busy the share of its time that the busiest thread has worked, 0 to 1
   * @return what is given up from now on
   */
  public Shed observe(long nowNanos, long lateNanos, double busy) {
    if (!begun) {
      begun = true;
      begunNanos = nowNanos;
    }
    boolean begins = nowNanos - begunNanos < BEGINNING_NANOS;
    if (!begins && (lateNanos >= STRAINED_LATE_NANOS || busy >= STRAINED_BUSY)) {
      calm = false;
      underStrain(nowNanos);
    } else {
      strained = false;
      if (lateNanos < CALM_LATE_NANOS && busy < CALM_BUSY) {
        inCalm(nowNanos);
      } else {
        calm = false;
      }
    }
    return shed;
  }

  private void underStrain(long nowNanos) {
    if (!strained) {
      strained = true;
      strainedSinceNanos = nowNanos;
    }
    boolean waited = nowNanos - changedNanos >= BETWEEN_NANOS;
    if (waited && nowNanos - strainedSinceNanos >= STRAIN_NANOS && shed.more() != shed) {
      if (nowNanos - regainedNanos < calmNanos) { // too early
        calmNanos = Math.min(MOST_CALM_NANOS, 2 * calmNanos);
        regainedNanos = Long.MIN_VALUE / 2;
      }
      become(shed.more(), nowNanos);
    }
  }

  private void inCalm(long nowNanos) {
    if (!calm) {
      calm = true;
      calmSinceNanos = nowNanos;
    }
    long since = Math.max(calmSinceNanos, changedNanos);
    if (nowNanos - since < calmNanos) {
      return;
    }
    if (shed == Shed.NOTHING) {
      calmNanos = LEAST_CALM_NANOS; // all is well for long enough to forget
    } else {
      regainedNanos = nowNanos;
      become(shed.less(), nowNanos);
    }
  }

  private void become(Shed next, long nowNanos) {
    shed = next;
    changedNanos = nowNanos;
  }
}
