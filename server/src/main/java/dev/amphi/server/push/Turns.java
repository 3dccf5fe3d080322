package dev.amphi.server.push;

import java.util.ArrayDeque;
import java.util.concurrent.CountDownLatch;

/** Lets few do something at once, in the order in which they came. Thread-safe. */
final class Turns {
  private final ArrayDeque<Turn> waiting = new ArrayDeque<>();
  private int free;

  /**
   * @param most how many may have a turn at once
   */
  Turns(int most) {
    free = most;
  }

  /** One that is not waited for yet. */
  Turn turn() {
    return new Turn();
  }

  /** A turn, once; closed, it is the next one's. */
  final class Turn implements AutoCloseable {
    private final CountDownLatch over = new CountDownLatch(1);
    private boolean held;
    private boolean closed;

    /** Returns when it has come, or was closed. */
    void await() throws InterruptedException {
      synchronized (Turns.this) {
        if (closed || held) {
          return;
        }
        if (free > 0) {
          free--;
          held = true;
          return;
        }
        waiting.add(this);
      }
      over.await();
    }

    /** From any thread, as often as you like. */
    @Override
    public void close() {
      synchronized (Turns.this) {
        if (held) {
          pass();
        }
        waiting.remove(this);
        held = false;
        closed = true;
      }
      over.countDown();
    }
  }

  private void pass() {
    Turn next = waiting.poll();
    if (next == null) {
      free++;
    } else {
      next.held = true;
      next.over.countDown();
    }
  }
}
