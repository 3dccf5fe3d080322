package dev.amphi.server.room;

/** The right of this node to publish for one room. Thread-safe. */
public interface Ownership {
  /** The number of this ownership; everything published carries it. */
  long epoch();

  /**
   * Whether the node may publish now with what was opened in that epoch; asked before each sample.
   */
  boolean isValid(long epoch);

  /** Whether the node may publish now. */
  default boolean isValid() {
    return isValid(epoch());
  }

  /** Tells one watcher what becomes of it, from now on and at once when it is lost already. */
  void watch(Watcher watcher);

  /** Gives the room up. */
  void release();

  /** Hears what becomes of a right; must not block. */
  interface Watcher {
    /** The right had run out and nobody took the room: it is this node's again, in a new epoch. */
    void regained();

    /** Another node has the room. Called once, and nothing after it. */
    void lost();
  }
}
