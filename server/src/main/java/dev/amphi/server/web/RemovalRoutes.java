package dev.amphi.server.web;

import static dev.amphi.server.web.Routes.refusing;

import dev.amphi.cluster.room.Removal;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.Stage;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * {@code /api/rooms/{room}/removals}: who is kept out, and who is let in again. Removals outlive
 * their room.
 */
final class RemovalRoutes {
  private static final String REMOVALS = "/api/rooms/:room/removals";

  private final Guard guard;
  private final Removals removals;
  private final Stage stage;

  RemovalRoutes(Guard guard, Removals removals, Stage stage) {
    this.guard = guard;
    this.removals = removals;
    this.stage = stage;
  }

  void mount(Router router) {
    router.get(REMOVALS).handler(refusing(this::list));
    router.delete(REMOVALS + "/:id").handler(refusing(this::takeBack));
  }

  private void list(RoutingContext context) throws Refusal {
    String room = guard.passRoomOrNot(context, Access.Verb.REMOVE_PARTICIPANT);
    JsonArray all = new JsonArray();
    removals.of(room).forEach(removal -> all.add(json(removal)));
    Answers.send(context, 200, all);
  }

  private static JsonObject json(Removal removal) {
    return new JsonObject()
        .put("id", removal.participantId())
        .put("until", Instant.ofEpochSecond(removal.untilSeconds()).toString());
  }

  private void takeBack(RoutingContext context) throws Refusal {
    String room = guard.passRoomOrNot(context, Access.Verb.REMOVE_PARTICIPANT);
    String id = context.pathParam("id");
    Routes.done(
        context,
        removals
            .takeBack(room, id)
            // A class that is open for longer than a removal is remembered keeps out by itself.
            .thenCompose(known -> stage.letIn(room, id).thenApply(wasOut -> known || wasOut))
            .thenCompose(
                letIn ->
                    letIn
                        ? CompletableFuture.completedFuture(true)
                        : CompletableFuture.failedFuture(nobody(room, id))));
  }

  private static Refusal nobody(String room, String id) {
    return new Refusal(
        404,
        "unknown_participant",
        "Nobody with the id '" + id + "' is removed from '" + room + "': see its removals.");
  }
}
