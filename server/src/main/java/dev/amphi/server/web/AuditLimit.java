package dev.amphi.server.web;

/**
 * Bounds what the audit log says about those without a good token, at all doors together: a
 * stranger does not fill the disk. Thread-safe.
 */
public final class StrangerLimit {
  private static final int LINES_PER_SECOND = 10;

  private long second;
  private int lines;

  /** Counts a line, and tells whether it is one too many. */
  synchronized boolean exceeded() {
    long now = System.nanoTime() / 1_000_000_000L;
    if (now != second) {
      second = now;
      lines = 0;
    }
    return ++lines > LINES_PER_SECOND;
  }
}
