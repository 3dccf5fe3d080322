package dev.amphi.composer.api;

/** Starts compositions, each in an operating-system process of its own. */
public interface Composer {
  /**
   * Starts the program of a room.
   *
   * @throws IllegalStateException with a sentence for the operator when no process can be started,
   *     or when the machine has no room for another
   */
  Composition start(CompositionSpec spec, ProgramListener listener);
}
