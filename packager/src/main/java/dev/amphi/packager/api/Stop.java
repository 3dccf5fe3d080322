package dev.amphi.packager.api;

import java.util.ArrayList;
import java.util.List;

/** Says to work that takes long that it is to end. Thread-safe. */
public final class Stop {
  private final List<Runnable> actions = new ArrayList<>();
  private boolean asked;

  /** Asks; what was to be done then is done before this returns. */
  public void ask() {
    List<Runnable> due;
    synchronized (this) {
      asked = true;
      due = List.copyOf(actions);
      actions.clear();
    }
    due.forEach(Runnable::run);
  }

  public synchronized boolean isAsked() {
    return asked;
  }

  /** Has something done when it is asked, or now where it was; must not block. */
  public void whenAsked(Runnable action) {
    synchronized (this) {
      if (!asked) {
        actions.add(action);
        return;
      }
    }
    action.run();
  }
}
