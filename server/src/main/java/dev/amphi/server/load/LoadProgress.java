package dev.amphi.server.load;

import java.io.PrintWriter;

/** Says how far a run is: one line that is written over on a terminal, else a line now and then. */
public final class LoadProgress {
  private static final int LINE_EVERY = 5;

  private final PrintWriter out;
  private final boolean terminal;
  private boolean open;
  private int quiet;

  /**
   * Writes to {@code out}.
   *
   * @param terminal whether lines can be written over
   */
  public LoadProgress(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** A step that happens once. */
  public synchronized void step(String text) {
    endLine();
    out.println(text);
    out.flush();
  }

  /** How it is now; to be called about once a second. */
  public synchronized void now(String text) {
    if (terminal) {
      out.print("\r" + text + "\033[K");
      open = true;
    } else if (quiet++ % LINE_EVERY == 0) {
      out.println(text);
    }
    out.flush();
  }

  public synchronized void endLine() {
    if (open) {
      out.println();
      open = false;
    }
  }
}
