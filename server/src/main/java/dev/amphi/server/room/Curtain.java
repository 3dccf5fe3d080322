package dev.amphi.server.room;

import dev.amphi.composer.api.Slate;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether the stage is kept out of the program, why, and what the program says meanwhile.
 *
 * @param startsAt when the class is to begin, if anybody said so
 * @param begun whether somebody has been on stage
 * @param interrupted whether the class was taken off air
 * @param teacherGone whether who teaches has lost the connection
 * @param breakUntil the end of the break that there is now
 * @param ended whether the class is over
 */
record Curtain(
    @Nullable Instant startsAt,
    boolean begun,
    boolean interrupted,
    boolean teacherGone,
    @Nullable Instant breakUntil,
    boolean ended) {

  /** Up, before the class. */
  static Curtain before(@Nullable Instant startsAt) {
    return new Curtain(startsAt, false, false, false, null, false);
  }

  Curtain withBegun() {
    return new Curtain(startsAt, true, interrupted, teacherGone, breakUntil, ended);
  }

  /** Off the air there is no break. */
  Curtain withInterrupted(boolean now) {
    return new Curtain(startsAt, begun, now, teacherGone, now ? null : breakUntil, ended);
  }

  Curtain withTeacherGone(boolean now) {
    return new Curtain(startsAt, begun, interrupted, now, breakUntil, ended);
  }

  Curtain withBreak(@Nullable Instant until) {
    return new Curtain(startsAt, begun, interrupted, teacherGone, until, ended);
  }

  Curtain withEnded() {
    return new Curtain(startsAt, begun, interrupted, teacherGone, null, true);
  }

  /** Whether nobody is to be seen or heard in the program. */
  boolean down() {
    return ended || interrupted || breakUntil != null || teacherGone;
  }

  /** What the program says while nobody is in it. */
  Slate slate(ClassClock clock) {
    if (ended) {
      return Slate.of(Slate.Kind.ENDED);
    }
    if (interrupted) {
      return Slate.of(Slate.Kind.RIGHT_BACK);
    }
    if (breakUntil != null) {
      return timed(Slate.Kind.BREAK, breakUntil, clock);
    }
    if (teacherGone) {
      return Slate.of(Slate.Kind.RECONNECTING);
    }
    if (begun) {
      return Slate.of(Slate.Kind.RIGHT_BACK);
    }
    return startsAt == null
        ? Slate.of(Slate.Kind.BEGINS)
        : timed(Slate.Kind.BEGINS, startsAt, clock);
  }

  private static Slate timed(Slate.Kind kind, Instant until, ClassClock clock) {
    return new Slate(kind, clock.told(until), clock.nanosAt(until));
  }
}
