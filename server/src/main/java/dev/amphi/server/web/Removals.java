package dev.amphi.server.web;

import dev.amphi.cluster.room.Removal;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Who is kept out of which room. Thread-safe. */
public interface Removals {
  /** Who is kept out of a room, by id. */
  List<Removal> of(String roomId);

  /**
   * Lets somebody in again; completes when that is kept, with false when nobody of this id is kept
   * out.
   */
  CompletionStage<Boolean> takeBack(String roomId, String participantId);
}
