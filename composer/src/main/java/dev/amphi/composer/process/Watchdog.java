package dev.amphi.composer.process;

import dev.amphi.composer.api.Shed;
import dev.amphi.composer.composition.Handling;
import dev.amphi.composer.load.Backlog;
import java.util.EnumMap;
import java.util.Map;

/**
 * Ends a child that lives and makes no samples, whose decoder does not come to an end, that is
 * hopelessly late or takes more memory than it may. While it waits for a processor its time stands
 * still ({@link Patience}): that is no fault of its own, and another would fare no better.
 * Thread-safe; {@link #look} and {@link #excuse} are one thread's.
 */
final class Watchdog {
  private static final long BIRTH_NANOS = 10_000_000_000L;
  private static final long HANG_NANOS = 3_000_000_000L;
  private static final long ENDLESS_NANOS = 2_500_000_000L;

  /**
   * Whose media had no more when all patience is over is not to blame. Up to one second of it is
   * what passed before anybody asked.
   */
  private static final long PLENTY_NANOS = 1_500_000_000L;

  /** Who has been silent for no longer is not asked what it waits for. */
  private static final long QUIET_NANOS = 500_000_000L;

  private static final String STARVED = "the composer process waited too long for a processor";

  private record Unfinished(NotePage.Note note, Patience patience) {
    Unfinished later(long nanos) {
      return new Unfinished(note, patience.later(nanos));
    }
  }

  private final Backlog backlog = new Backlog();
  private final Starvation starvation = new Starvation();
  private final Map<Handling.Work, Unfinished> unfinished = new EnumMap<>(Handling.Work.class);
  private long wokeNanos = Long.MIN_VALUE;
  private volatile Patience silence = Patience.of(0, 0);
  private volatile long silentSinceNanos;
  private volatile long reachedNanos;
  private volatile Shed shed = Shed.NOTHING;
  private volatile boolean patient;
  private volatile boolean closing;

  /** A child is being born. */
  synchronized void born(long nowNanos) {
    reachedNanos = 0;
    shed = Shed.NOTHING;
    silentSinceNanos = nowNanos;
    silence = Patience.of(nowNanos, BIRTH_NANOS);
  }

  /** While its node is busy with what it said, a child cannot go on. */
  void patient(boolean now) {
    patient = now;
  }

  /**
   * A child has made samples.
   *
   * @param upToNanos the instant up to which all renditions have come
   * @param without what it goes without
   */
  synchronized void reached(long upToNanos, Shed without, long nowNanos) {
    if (upToNanos > reachedNanos && !closing) { // every rendition has gone on
      reachedNanos = upToNanos;
      shed = without;
      silentSinceNanos = nowNanos;
      silence = Patience.of(nowNanos, HANG_NANOS);
    }
  }

  /** The child was told to end, which it may take so long for. */
  synchronized void closing(long nowNanos, long farewellNanos) {
    closing = true;
    silence = Patience.of(nowNanos, HANG_NANOS).later(farewellNanos);
  }

  /**
   * This process stood still: the child's silence meanwhile does not count. Whatever it said waits
   * in the pipe and is read next.
   */
  synchronized void excuse(long nowNanos, long pausedNanos) {
    wokeNanos = nowNanos;
    silence = silence.later(pausedNanos);
    unfinished.replaceAll((work, one) -> one.later(pausedNanos));
    starvation.forget(); // or what it waited meanwhile would count twice
  }

  /** Looks at the child. */
  void look(Watched child, long nowNanos, long mostBytes) {
    if (!child.isAlive()) {
      return; // what it noted is looked at by whoever starts the next
    }
    Map<Handling.Work, NotePage.Note> notes = child.notes();
    observe(child, notes, nowNanos);
    Patience quiet = grant(starvation.mostNanos());
    Map<Handling.Work, NotePage.Note> guilty = new EnumMap<>(Handling.Work.class);
    boolean overdue = judge(notes, nowNanos, guilty);
    if (quiet.isOver(nowNanos) && !patient) {
      String what = closing ? "the composer process did not end" : "the composer process hangs";
      child.kill(quiet.isSpent(nowNanos) ? what : STARVED, child.isStopped() ? Map.of() : guilty);
    } else if (overdue && !child.isStopped()) {
      String what = "the composer process hangs in what a source sent";
      child.kill(guilty.isEmpty() ? STARVED : what, guilty);
    } else if (reachedNanos > 0
        && !closing
        && backlog.hopeless(nowNanos, nowNanos - reachedNanos, shed)) {
      child.kill("the program fell behind the clock", Map.of());
    } else if (child.residentBytes() > mostBytes) {
      child.kill("the composer process took more than " + (mostBytes >> 20) + " MiB", Map.of());
    }
  }

  /** Asks what it waits for, if it is silent. */
  private void observe(Watched child, Map<Handling.Work, NotePage.Note> notes, long nowNanos) {
    boolean silent =
        nowNanos - silentSinceNanos > QUIET_NANOS
            || notes.values().stream().anyMatch(n -> nowNanos - n.sinceNanos() > QUIET_NANOS);
    if (silent) {
      starvation.look(nowNanos, child.threads());
    } else {
      starvation.forget();
    }
  }

  private synchronized Patience grant(long waitedNanos) {
    silence = silence.waited(waitedNanos);
    return silence;
  }

  /**
   * Looks at what a child has begun and not ended.
   *
   * @param guilty takes whose media had plenty of time
   * @return whether anything takes too long
   */
  private boolean judge(
      Map<Handling.Work, NotePage.Note> notes,
      long nowNanos,
      Map<Handling.Work, NotePage.Note> guilty) {
    unfinished.keySet().retainAll(notes.keySet());
    boolean overdue = false;
    for (Map.Entry<Handling.Work, NotePage.Note> entry : notes.entrySet()) {
      NotePage.Note note = entry.getValue();
      Unfinished before = unfinished.get(entry.getKey());
      Patience patience =
          before != null && before.note().equals(note)
              ? before.patience().waited(starvation.nanosOf(note.threadId()))
              // What was begun in a pause counts from its end: the child may have stood still too.
              : Patience.of(Math.max(note.sinceNanos(), wokeNanos), ENDLESS_NANOS);
      unfinished.put(entry.getKey(), new Unfinished(note, patience));
      if (patience.isOver(nowNanos)) {
        overdue = true;
        if (patience.ownNanos(nowNanos) > PLENTY_NANOS) {
          guilty.put(entry.getKey(), note);
        }
      }
    }
    return overdue;
  }
}
