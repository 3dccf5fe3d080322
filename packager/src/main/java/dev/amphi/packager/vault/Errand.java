package dev.amphi.packager.vault;

import java.io.IOException;

/**
 * Something to be done with the store, a transfer at a time, so that a large file keeps no other
 * waiting. Confined to the vault's thread.
 */
interface Errand {
  /** Of the recording, as {@code room/id}; "" where it is about none. */
  String name();

  /** The lowest goes first. */
  Rank rank();

  /** What goes before what. */
  enum Rank {
    CLAIM,
    ERASURE,
    LIVE,
    RESTORATION,
    FOLDER
  }

  /** Looks at the disk, and at nothing else. */
  default void look(long nowNanos) throws IOException {}

  /** Whether there is something to be done now. */
  boolean isReady(long nowNanos);

  /**
   * Does one thing: a transfer of a few MiB at most. Whatever it throws, it can be called again.
   *
   * @return true when there is nothing more to do, ever
   */
  boolean step(long nowNanos) throws IOException;

  /** Something could not be used, the store or the disk; it is stepped again later. */
  default void failed(IOException why) {}

  /** Bytes on the disk that the store does not have, as far as was looked. */
  default long waitingBytes() {
    return 0;
  }
}
