package dev.amphi.composer.timing;

import java.util.ArrayList;
import java.util.List;

/**
 * Says when each of one participant's sources is played, and keeps together what belongs together:
 * voice and camera, screen and its sound.
 *
 * <p>Sources of a group whose capture times are known are played with one delay from capture to
 * play, the largest that any of them needs; but none is held back by more than a bound for the sake
 * of another, and reports that set two sources apart by more than a second are not believed. All
 * others are played by their arrival alone.
 *
 * <p>What is played moves towards what is needed by 2 ms a second, so that nobody hears or sees it;
 * where that would be too slow all of the group move at once.
 */
public final class AvSync {
  private static final long SECOND = 1_000_000_000L;

  /** Nobody is that much later than another for the network's sake. */
  private static final long BELIEVED_NANOS = SECOND;

  /** Later by this at once: otherwise what is on its way would come too late. */
  private static final long AT_ONCE_LATER_NANOS = 10_000_000L;

  /** Earlier by this at once: otherwise the way back would take minutes. */
  private static final long AT_ONCE_EARLIER_NANOS = 150_000_000L;

  private static final long NANOS_A_SECOND = 2_000_000L;

  /** What belongs together. */
  public enum Group {
    /** Camera and microphone. */
    PERSON,
    /** A shared screen and what it plays. */
    SCREEN
  }

  private static final class Line {
    final SourceClock clock;
    final Group group;
    boolean played;
    long offsetNanos;
    long targetNanos;

    Line(SourceClock clock, Group group) {
      this.clock = clock;
      this.group = group;
    }
  }

  private final long mostExtraNanos;
  private final List<Line> lines = new ArrayList<>();
  private long nowNanos;
  private boolean begun;

  /**
   * Without any source.
   *
   * @param mostExtraNanos what a source waits for another at most
   */
  public AvSync(long mostExtraNanos) {
    this.mostExtraNanos = mostExtraNanos;
  }

  /** Takes a source in. */
  public void add(SourceClock clock, Group group) {
    lines.add(new Line(clock, group));
  }

  /** Forgets a source; returns whether others are left. */
  public boolean remove(SourceClock clock) {
    lines.removeIf(line -> line.clock == clock);
    return !lines.isEmpty();
  }

  /**
   * What to add to a media time of this source to get the instant of play.
   *
   * @param atNanos the instant that is being played
   */
  public long offsetNanos(SourceClock clock, long atNanos) {
    advance(atNanos);
    for (Line line : lines) {
      if (line.clock == clock) {
        return line.offsetNanos;
      }
    }
    throw new IllegalArgumentException("The source has left");
  }

  private void advance(long atNanos) {
    long elapsed = begun ? Math.clamp(atNanos - nowNanos, 0, SECOND) : 0;
    nowNanos = atNanos;
    begun = true;
    for (Line line : lines) {
      if (line.clock.fresh(atNanos)) {
        line.targetNanos = target(line);
      } else {
        line.targetNanos =
            line.offsetNanos; // it waits where it is, and begins anew when it is back
        line.played = false;
      }
    }
    for (Group group : Group.values()) {
      boolean together = anyAtOnce(group);
      for (Line line : lines) {
        if (line.group == group) {
          boolean atOnce = line.clock.byCapture() ? together : atOnce(line);
          move(line, atOnce || !line.played, elapsed);
        }
      }
    }
  }

  private void move(Line line, boolean atOnce, long elapsed) {
    long way = line.targetNanos - line.offsetNanos;
    long most = elapsed / 1_000 * (NANOS_A_SECOND / 1_000) / 1_000;
    line.offsetNanos += atOnce ? way : Math.clamp(way, -most, most);
    line.played = line.clock.fresh(nowNanos);
  }

  private boolean anyAtOnce(Group group) {
    for (Line line : lines) {
      if (line.group == group && line.clock.byCapture() && atOnce(line)) {
        return true;
      }
    }
    return false;
  }

  private static boolean atOnce(Line line) {
    long way = line.targetNanos - line.offsetNanos;
    return line.played && (way > AT_ONCE_LATER_NANOS || way < -AT_ONCE_EARLIER_NANOS);
  }

  private long target(Line line) {
    long own = line.clock.offsetNanos();
    if (!line.clock.byCapture()) {
      return own;
    }
    long ownDelay = own - line.clock.captureAheadNanos();
    long delay = ownDelay;
    for (Line other : lines) {
      if (other.group == line.group && other.clock.leads(nowNanos)) {
        long theirs = other.clock.offsetNanos() - other.clock.captureAheadNanos();
        delay = theirs - ownDelay > BELIEVED_NANOS ? delay : Math.max(delay, theirs);
      }
    }
    return own + Math.clamp(delay - ownDelay, 0, mostExtraNanos);
  }
}
