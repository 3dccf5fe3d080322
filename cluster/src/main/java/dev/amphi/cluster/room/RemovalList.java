package dev.amphi.cluster.room;

import java.time.Duration;

/**
 * Who was removed from which room for good, as every node of the cluster knows it. Eventually
 * consistent: another node knows within moments.
 */
public interface RemovalList {
  /** Keeps somebody out of a room, for as long as a token of theirs may live. */
  void add(String roomId, String participantId, Duration life);

  /** Whether somebody was removed; answered from memory, never blocks. */
  boolean contains(String roomId, String participantId);
}
