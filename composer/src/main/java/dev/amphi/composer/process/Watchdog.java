package dev.amphi.composer.process;

import dev.amphi.composer.api.Shed;
import dev.amphi.composer.composition.Handling;
import dev.amphi.composer.load.Backlog;
import java.util.Map;

/**
 * Ends a child that lives and makes no samples, whose decoder does not come to an end, that is
 * hopelessly late or takes more memory than it may. Thread-safe.
 */
final class Watchdog {
  private static final long BIRTH_NANOS = 10_000_000_000L;
  private static final long HANG_NANOS = 3_000_000_000L;
  private static final long ENDLESS_NANOS = 2_500_000_000L;

  private final Backlog backlog = new Backlog();
  private volatile long deadlineNanos;
  private volatile long reachedNanos;
  private volatile long wokeNanos = Long.MIN_VALUE / 2;
  private volatile Shed shed = Shed.NOTHING;
  private volatile boolean patient;
  private volatile boolean closing;

  /** A child is being born. */
  synchronized void born(long nowNanos) {
    reachedNanos = 0;
    shed = Shed.NOTHING;
    deadlineNanos = nowNanos + BIRTH_NANOS;
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
      deadlineNanos = nowNanos + HANG_NANOS;
    }
  }

  /** The child was told to end, which it may take so long for. */
  synchronized void closing(long nowNanos, long farewellNanos) {
    closing = true;
    deadlineNanos = nowNanos + HANG_NANOS + farewellNanos;
  }

  /**
   * This process stood still: the child's silence meanwhile does not count. Whatever it said waits
   * in the pipe and is read next.
   */
  synchronized void excuse(long nowNanos, long pausedNanos) {
    wokeNanos = nowNanos;
    deadlineNanos = deadlineNanos + pausedNanos;
  }

  /** Looks at the child. */
  void look(Incarnation child, long nowNanos, long mostBytes) {
    if (!child.isAlive()) {
      return; // what it noted is looked at by whoever starts the next
    }
    Map<Handling.Work, NotePage.Note> endless =
        nowNanos - wokeNanos > ENDLESS_NANOS
            ? child.note().before(nowNanos - ENDLESS_NANOS)
            : Map.of();
    if (!patient && nowNanos > deadlineNanos) {
      child.kill(
          closing ? "the composer process did not end" : "the composer process hangs",
          child.isStopped() ? Map.of() : endless);
    } else if (!endless.isEmpty() && !child.isStopped()) {
      child.kill("the composer process hangs in what a source sent", endless);
    } else if (reachedNanos > 0
        && !closing
        && backlog.hopeless(nowNanos, nowNanos - reachedNanos, shed)) {
      child.kill("the program fell behind the clock", Map.of());
    } else if (child.residentBytes() > mostBytes) {
      child.kill("the composer process took more than " + (mostBytes >> 20) + " MiB", Map.of());
    }
  }
}
