package dev.amphi.server.room;

/** The right of this node to publish for one room. Thread-safe. */
public interface Ownership {
  /** The number of this ownership; everything published carries it. */
  long epoch();

  /** Whether the node may still publish; asked before each sample. */
  boolean isValid();

  /** Calls {@code lost} once, when another node may own the room by now. */
  void onLost(Runnable lost);

  /** Gives the room up. */
  void release();
}
