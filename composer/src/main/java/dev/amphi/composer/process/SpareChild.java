package dev.amphi.composer.process;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One child that has loaded its libraries and waits for a program, so that a class begins, and a
 * program whose child died goes on, without waiting for a Java machine to start, which on a busy
 * one takes seconds. Thread-safe.
 */
final class SpareChild implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(SpareChild.class.getName());

  /** First the program that has just started has the processors. */
  private static final long PAUSE_NANOS = 2_000_000_000L;

  private final SupervisedComposition.ChildSource births;
  private @Nullable Newborn waiting;
  private boolean wanted;
  private boolean expected;
  private boolean due;
  private long dueNanos;

  /**
   * Keeps none yet.
   *
   * @param births where children come from
   */
  SpareChild(SupervisedComposition.ChildSource births) {
    this.births = births;
  }

  /** Keeps one from the first {@link #expect} or {@link #take} on. */
  synchronized void wanted() {
    wanted = true;
  }

  /** A program may be wanted soon. */
  synchronized void expect() {
    expected = true;
  }

  /**
   * The spare one, or another when there is none.
   *
   * @throws IOException when the system cannot start it
   */
  Newborn take() throws IOException {
    Newborn spare;
    synchronized (this) {
      spare = waiting;
      waiting = null;
      expected = true;
      due = false;
    }
    if (spare != null && spare.process().isAlive()) {
      return spare;
    }
    return births.take();
  }

  /** Starts another when its time has come; to be called often. */
  synchronized void tend(long nowNanos) {
    if (waiting != null && waiting.ready()) {
      waiting.note().unlink();
    }
    if (!wanted || !expected || (waiting != null && waiting.process().isAlive())) {
      return;
    }
    if (!due) {
      due = true;
      dueNanos = nowNanos + PAUSE_NANOS;
    } else if (nowNanos >= dueNanos) {
      due = false;
      try {
        waiting = births.take();
      } catch (IOException e) {
        LOG.log(System.Logger.Level.WARNING, "No spare composer: {0}", e.getMessage());
      }
    }
  }

  @Override
  public synchronized void close() {
    wanted = false;
    if (waiting != null) {
      waiting.process().destroyForcibly();
      waiting.note().unlink();
      waiting = null;
    }
  }
}
