package dev.amphi.cluster.room;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Who owns which room. Each change is atomic for its room, whichever node asks. Thread-safe; no
 * call blocks; a stage completes exceptionally when the cluster cannot answer.
 */
public interface RoomRegistry {
  /**
   * Claims a room for this node: granted with a risen epoch when nobody owns it, with the epoch it
   * has when this node does. Empty when another node owns it.
   */
  CompletionStage<Optional<RoomRecord>> claim(String roomId);

  /**
   * Takes a room, with a risen epoch, from an owner whose record did not change for longer than a
   * lease; that may be this node itself. Empty when the record has changed since {@code observed}.
   */
  CompletionStage<Optional<RoomRecord>> takeOver(RoomRecord observed);

  /** Renews the lease; empty when the room is no longer this node's with this epoch. */
  CompletionStage<Optional<RoomRecord>> renew(String roomId, long epoch);

  /** Gives a room up; false when it was no longer this node's with this epoch. */
  CompletionStage<Boolean> release(String roomId, long epoch);

  /** The room's record, when anybody owns it. */
  CompletionStage<Optional<RoomRecord>> find(String roomId);

  /** Every room that is owned now. */
  CompletionStage<List<RoomRecord>> owned();
}
