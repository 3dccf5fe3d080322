package dev.amphi.server.slides;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The order in which a class's pages are turned: a page may have to be drawn first, and whoever
 * turned on meanwhile does not want to see it any more. Thread-safe.
 */
public final class PageTurns {
  private final AtomicLong last = new AtomicLong();

  /** Begins a turn, or taking the slides down; all that began before is stale. */
  public long begin() {
    return last.incrementAndGet();
  }

  /** The turn that began last; 0 when there was none. */
  public long last() {
    return last.get();
  }

  /**
   * Begins a turn if none began after {@code seen}; returns whether it did, and then it is {@code
   * seen + 1}.
   */
  public boolean beginAfter(long seen) {
    return last.compareAndSet(seen, seen + 1);
  }

  /** Whether another turn began after this one. */
  public boolean isStale(long turn) {
    return turn != last.get();
  }
}
