package dev.amphi.server.adapter;

import dev.amphi.cluster.room.Removal;
import dev.amphi.cluster.room.RemovalList;
import dev.amphi.interactive.api.Stage;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Lets people in again on this node's stage whose removal was taken back at another node, or while
 * this node was away. A room's own file still names them when it is opened again: what the nodes
 * know of them was decided later.
 */
public final class Readmission {
  private static final System.Logger LOG = System.getLogger(Readmission.class.getName());

  private final RemovalList known;
  private final Stage stage;

  public Readmission(RemovalList known, Stage stage) {
    this.known = known;
    this.stage = stage;
  }

  /** Hears from now on; completes when the doors of this node know what was decided before. */
  public CompletableFuture<Void> begin() {
    known.watch(this::letIn);
    return CompletableFuture.allOf(
        known.all().stream()
            .map(decision -> letIn(decision).toCompletableFuture())
            .toArray(CompletableFuture[]::new));
  }

  private CompletionStage<Void> letIn(Removal decision) {
    String room = decision.roomId();
    String id = decision.participantId();
    if (!decision.takenBack() || known.contains(room, id)) {
      return CompletableFuture.completedFuture(null);
    }
    return stage
        .letIn(room, id)
        .thenAccept(wasOut -> {})
        .exceptionally(
            failure -> {
              LOG.log(
                  System.Logger.Level.WARNING,
                  "room=" + room + " does not let in whose removal was taken back",
                  failure);
              return null;
            });
  }
}
