package dev.amphi.composer.api;

/** Starts compositions, each in an operating-system process of its own. */
public interface Composer {
  /** What a program that is started now is to make: in which sizes, as far as there is room. */
  default CompositionSpec spec(String roomId, String title) {
    return CompositionSpec.standard(roomId, title);
  }

  /** A program may be wanted soon: what takes time to get ready may be got ready. */
  default void expect() {}

  /**
   * Starts the program of a room.
   *
   * @throws IllegalStateException with a sentence for the operator when no process can be started,
   *     or when the machine has no room for another
   */
  Composition start(CompositionSpec spec, ProgramListener listener);

  /**
   * As {@link #start}, for a program that was on air when the node stopped: it is never refused for
   * want of room, for it had its place before.
   *
   * @throws IllegalStateException with a sentence for the operator when no process can be started
   */
  default Composition resume(CompositionSpec spec, ProgramListener listener) {
    return start(spec, listener);
  }
}
