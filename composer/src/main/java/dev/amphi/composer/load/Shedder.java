package dev.amphi.composer.load;

import dev.amphi.composer.api.Shed;

/**
 * Decides what a program goes without, by how late it is and how busy its busiest thread.
 *
 * <p>Down quickly: when pictures are late for half a second the next thing goes, at most one a
 * second, so that each has time to show what it saves. A busy thread alone must be busy for three
 * seconds: whoever has too much to do is late before that, and code that runs for the first time
 * keeps its thread busy for a second or two on the fastest machine. The first three seconds say
 * nothing: a process that has just begun loads its classes and letters and compiles them, and is
 * late on any machine.
 *
 * <p>Up soon at first, then slowly: after two and a half seconds of calm one thing comes back; when
 * that was too early the next attempt waits ten seconds, then twice as long each time, three
 * minutes at most. Half a minute of calm with nothing missing is forgiveness. Calm is less than
 * half busy, because what comes back may cost twice as much. For one thread.
 */
public final class Shedder {
  private static final long LATE_FOR_NANOS = 500_000_000L;
  private static final long HARD_FOR_NANOS = 3_000_000_000L;
  private static final long BEGINNING_NANOS = 3_000_000_000L;
  private static final long BETWEEN_NANOS = 1_000_000_000L;
  private static final long FIRST_CALM_NANOS = 2_500_000_000L;
  private static final long NEXT_CALM_NANOS = 10_000_000_000L;
  private static final long MOST_CALM_NANOS = 180_000_000_000L;
  private static final long FORGIVEN_NANOS = 30_000_000_000L;

  private static final long NEVER = Long.MIN_VALUE / 2;

  private final Lasting late = new Lasting();
  private final Lasting hard = new Lasting();
  private final Lasting calm = new Lasting();
  private Shed shed = Shed.NOTHING;
  private boolean begun;
  private long begunNanos;
  private long changedNanos = NEVER;
  private long regainedNanos = NEVER;
  private long calmNanos = FIRST_CALM_NANOS;

  /** For how long something has been so. */
  private static final class Lasting {
    private boolean is;
    private long sinceNanos;

    /** Returns for how long it is, 0 when it is not. */
    long nanos(boolean now, long nowNanos) {
      if (now && !is) {
        sinceNanos = nowNanos;
      }
      is = now;
      return is ? nowNanos - sinceNanos : 0;
    }
  }

  /** What is given up now. */
  public Shed shed() {
    return shed;
  }

  /**
   * Takes one observation; to be told some thirty times a second.
   *
   * @return what is given up from now on
   */
  public Shed observe(long nowNanos, Strain strain) {
    if (!begun) {
      begun = true;
      begunNanos = nowNanos;
    }
    boolean begins = nowNanos - begunNanos < BEGINNING_NANOS;
    long lateNanos = late.nanos(!begins && strain.late(), nowNanos);
    long hardNanos = hard.nanos(!begins && strain.hard(), nowNanos);
    long atEaseNanos = calm.nanos(strain.calm(), nowNanos);
    if (lateNanos >= LATE_FOR_NANOS || hardNanos >= HARD_FOR_NANOS) {
      giveUp(nowNanos);
    } else if (strain.calm()) {
      takeBack(nowNanos, atEaseNanos);
    }
    return shed;
  }

  private void giveUp(long nowNanos) {
    if (nowNanos - changedNanos < BETWEEN_NANOS || shed.more() == shed) {
      return;
    }
    if (nowNanos - regainedNanos < Math.max(NEXT_CALM_NANOS, calmNanos)) { // too early
      calmNanos = Math.clamp(2 * calmNanos, NEXT_CALM_NANOS, MOST_CALM_NANOS);
      regainedNanos = NEVER;
    }
    become(shed.more(), nowNanos);
  }

  private void takeBack(long nowNanos, long atEaseNanos) {
    long sinceNanos = Math.min(atEaseNanos, nowNanos - changedNanos);
    if (shed == Shed.NOTHING) {
      if (sinceNanos >= FORGIVEN_NANOS) {
        calmNanos = FIRST_CALM_NANOS;
      }
    } else if (sinceNanos >= calmNanos) {
      regainedNanos = nowNanos;
      become(shed.less(), nowNanos);
    }
  }

  private void become(Shed next, long nowNanos) {
    shed = next;
    changedNanos = nowNanos;
  }
}
