package dev.amphi.server.room;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Where a node gets the right to own a room. */
public interface RoomOwners {
  /** Claims a room for this node; empty when another node owns it. */
  CompletionStage<Optional<Ownership>> claim(String roomId);
}
