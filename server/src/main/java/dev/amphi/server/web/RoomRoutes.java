package dev.amphi.server.web;

import static dev.amphi.server.web.Routes.answer;
import static dev.amphi.server.web.Routes.refusing;

import dev.amphi.composer.api.Composition;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.RoomStatus;
import dev.amphi.interactive.api.Stage;
import dev.amphi.server.adapter.StageRelay;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/** {@code /api/rooms/{room}}: the class and its switches, and who is in it. */
final class RoomRoutes {
  private static final String ROOM = "/api/rooms/:room";

  private final Guard guard;
  private final Stage stage;
  private final StageRelay relay;
  private final dev.amphi.server.room.Classrooms classrooms;

  RoomRoutes(
      Guard guard, dev.amphi.server.room.Classrooms classrooms, Stage stage, StageRelay relay) {
    this.guard = guard;
    this.classrooms = classrooms;
    this.stage = stage;
    this.relay = relay;
  }

  void mount(Router router) {
    router.get(ROOM).handler(refusing(this::see));
    router.delete(ROOM).handler(refusing(this::delete));
    router.put(ROOM + "/live").handler(refusing(this::live));
    router.put(ROOM + "/break").handler(refusing(this::takeBreak));
    router.post(ROOM + "/end").handler(refusing(this::end));
    router.put(ROOM + "/layout").handler(refusing(this::layout));
    router.put(ROOM + "/recording").handler(refusing(this::recording));
    router.get(ROOM + "/participants").handler(refusing(this::participants));
    router.delete(ROOM + "/participants/:id").handler(refusing(this::remove));
    router.post(ROOM + "/participants/:id/admit").handler(refusing(this::admit));
    router.put(ROOM + "/lock").handler(refusing(context -> door(context, "locked", stage::lock)));
    router
        .put(ROOM + "/waiting-room")
        .handler(refusing(context -> door(context, "waiting_room", stage::waitingRoom)));
  }

  private void see(RoutingContext context) throws Refusal {
    Guard.Passed passed = guard.pass(context, Access.Verb.SEE_ROOM);
    boolean inside =
        Access.allows(passed.bearer(), Access.Verb.CHOOSE_LAYOUT, passed.roomId(), false);
    RoomStatus status = passed.room().status();
    Answers.send(context, 200, Answers.room(status, relay.viewers(status.id()), inside));
  }

  private void delete(RoutingContext context) throws Refusal {
    Guard.Passed passed = guard.pass(context, Access.Verb.DELETE_ROOM);
    answer(context, 200, classrooms.delete(passed.roomId()), this::room);
  }

  private void live(RoutingContext context) throws Refusal {
    Guard.Passed passed = guard.pass(context, Access.Verb.SWITCH_LIVE);
    boolean live = RequestJson.of(context, Set.of("live")).flag("live");
    answer(context, 200, passed.room().live(live), this::room);
  }

  private void takeBreak(RoutingContext context) throws Refusal {
    Guard.Passed passed = guard.pass(context, Access.Verb.TAKE_BREAK);
    RequestJson json = RequestJson.of(context, Set.of("until"));
    if (!json.names("until")) {
      throw RequestJson.wrong("until", null, "a time with its zone, or null to end the break");
    }
    answer(context, 200, passed.room().takeBreak(json.time("until").orElse(null)), this::room);
  }

  private void end(RoutingContext context) throws Refusal {
    Guard.Passed passed = guard.pass(context, Access.Verb.END_CLASS);
    answer(context, 200, passed.room().end("The class has ended."), this::room);
  }

  private void layout(RoutingContext context) throws Refusal {
    Guard.Passed passed = guard.pass(context, Access.Verb.CHOOSE_LAYOUT);
    RequestJson json = RequestJson.of(context, Set.of("layout", "spotlight", "hidden"));
    String layout =
        json.text("layout")
            .orElseThrow(
                () -> RequestJson.wrong("layout", null, String.join(", ", Composition.LAYOUTS)));
    String spotlight = json.text("spotlight").orElse("");
    Optional<Set<String>> hidden = json.texts("hidden").map(LinkedHashSet::new);
    answer(
        context,
        200,
        requireHere(passed.roomId(), spotlight)
            .thenCompose(here -> passed.room().picture().layout(layout, spotlight, hidden)),
        this::room);
  }

  /** Only who is there can be in the spotlight; "" is nobody. */
  private CompletionStage<Void> requireHere(String roomId, String participantId) {
    if (participantId.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    return stage
        .participants(roomId)
        .thenCompose(
            present ->
                present.stream().anyMatch(participant -> participant.id().equals(participantId))
                    ? CompletableFuture.completedFuture(null)
                    : CompletableFuture.failedFuture(
                        new Refusal(
                            404,
                            "unknown_participant",
                            "Nobody with the id '" + participantId + "' is here.")));
  }

  private void recording(RoutingContext context) throws Refusal {
    Guard.Passed passed = guard.pass(context, Access.Verb.SWITCH_RECORDING);
    RequestJson json = RequestJson.of(context, Set.of("recording", "paused", "tracks"));
    boolean on = json.flag("recording");
    boolean paused = json.has("paused") && json.flag("paused");
    if (paused && !on) {
      throw RequestJson.wrong("paused", true, "false where the recording is off");
    }
    Optional<Boolean> tracks =
        json.has("tracks") ? Optional.of(json.flag("tracks")) : Optional.empty();
    if (tracks.orElse(false) && !on) {
      throw RequestJson.wrong("tracks", true, "false where the recording is off");
    }
    answer(context, 200, passed.room().recording(on, paused, tracks), this::room);
  }

  private void participants(RoutingContext context) throws Refusal {
    Guard.Passed passed = guard.pass(context, Access.Verb.SEE_PARTICIPANTS);
    answer(
        context,
        200,
        stage.participants(passed.roomId()),
        present -> {
          JsonArray all = new JsonArray();
          present.forEach(participant -> all.add(Answers.participant(participant)));
          return all;
        });
  }

  /** A switch of the door: answers with what it is now. */
  private void door(
      RoutingContext context, String field, BiFunction<String, Boolean, CompletionStage<Void>> turn)
      throws Refusal {
    Guard.Passed passed = guard.pass(context, Access.Verb.KEEP_THE_DOOR);
    boolean on = RequestJson.of(context, Set.of(field)).flag(field);
    answer(context, 200, turn.apply(passed.roomId(), on), done -> new JsonObject().put(field, on));
  }

  private void admit(RoutingContext context) throws Refusal {
    Guard.Passed passed = guard.pass(context, Access.Verb.KEEP_THE_DOOR);
    String id = context.pathParam("id");
    answer(
        context,
        200,
        stage.admit(passed.roomId(), id),
        done -> new JsonObject().put("admitted", id));
  }

  private void remove(RoutingContext context) throws Refusal {
    Guard.Passed passed = guard.pass(context, Access.Verb.REMOVE_PARTICIPANT);
    String id = context.pathParam("id");
    Routes.done(
        context,
        stage
            .remove(passed.roomId(), id, "A moderator removed you from the class.")
            .thenCompose(
                found ->
                    found
                        ? CompletableFuture.completedFuture(null)
                        : CompletableFuture.failedFuture(nobody(passed.roomId(), id))));
  }

  private static Refusal nobody(String roomId, String id) {
    return new Refusal(
        404,
        "unknown_participant",
        "There is no participant '" + id + "' in '" + roomId + "': see its participants.");
  }

  private JsonObject room(RoomStatus status) {
    return Answers.room(status, relay.viewers(status.id()), true);
  }
}
