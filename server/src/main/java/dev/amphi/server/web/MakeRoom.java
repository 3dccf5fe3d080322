package dev.amphi.server.web;

import static dev.amphi.server.web.Routes.answer;
import static dev.amphi.server.web.Routes.refusing;

import dev.amphi.interactive.api.Refusal;
import dev.amphi.server.room.Classrooms;
import dev.amphi.server.room.RoomSpec;
import dev.amphi.server.token.ApiKey;
import dev.amphi.server.token.DisplayName;
import dev.amphi.server.token.KeyRing;
import dev.amphi.server.token.RoomToken;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * {@code POST /api/rooms}. With an admin's token any room, with an instructor's token its own.
 * Without a token only where the development key is active, from this machine and from no foreign
 * page: there whoever sits at the machine makes a class without an account, and gets an
 * instructor's token for it.
 */
final class MakeRoom {
  private static final Duration TOKEN_LIFE = Duration.ofHours(12);
  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

  private final Classrooms classrooms;
  private final Caller caller;
  private final KeyRing keys;
  private final TokenDesk tokens;
  private final RandomGenerator random;

  MakeRoom(
      Classrooms classrooms,
      Caller caller,
      KeyRing keys,
      TokenDesk tokens,
      RandomGenerator random) {
    this.classrooms = classrooms;
    this.caller = caller;
    this.keys = keys;
    this.tokens = tokens;
    this.random = random;
  }

  void mount(Router router) {
    router.post("/api/rooms").handler(refusing(this::make));
  }

  private void make(RoutingContext context) throws Refusal {
    Optional<RoomToken> bearer = caller.of(context);
    RequestJson json =
        RequestJson.of(context, Set.of("id", "title", "audience", "name", "starts_at"));
    RoomSpec spec = spec(json, bearer);
    RestAudit.room(context, spec.id());
    ApiKey key = key(context, bearer, spec.id());
    String name = json.text("name").map(DisplayName::clean).orElse("");
    answer(
        context,
        201,
        classrooms.create(spec),
        status -> {
          RoomToken instructor =
              bearer
                  .filter(token -> token.role().equals("instructor"))
                  .orElseGet(
                      () ->
                          tokens.claims(
                              key,
                              spec.id(),
                              "instructor",
                              name.isEmpty() ? "Instructor" : name,
                              TOKEN_LIFE));
          JsonObject made = Answers.room(status, 0, true);
          context.response().putHeader("Location", "/api/rooms/" + spec.id());
          return made.mergeIn(tokens.answer(key, instructor));
        });
  }

  private RoomSpec spec(RequestJson json, Optional<RoomToken> bearer) throws Refusal {
    String own = bearer.map(RoomToken::room).orElse("");
    String id = json.text("id").orElse(own.isEmpty() ? freshId() : own);
    if (!RoomToken.isRoomId(id)) {
      throw RequestJson.wrong(
          "id", id, "1 to 64 letters, digits, '-' and '_', starting with a letter or digit");
    }
    String title = DisplayName.clean(json.text("title").orElse(id));
    if (title.isEmpty()) {
      throw RequestJson.wrong("title", json.text("title").orElse(""), "a line of text");
    }
    String audience = json.text("audience").orElse(RoomSpec.OPEN).toLowerCase(Locale.ROOT);
    if (!audience.equals(RoomSpec.OPEN) && !audience.equals(RoomSpec.TOKEN)) {
      throw RequestJson.wrong("audience", audience, "open or token");
    }
    return new RoomSpec(id, title, audience, json.time("starts_at").orElse(null));
  }

  private ApiKey key(RoutingContext context, Optional<RoomToken> bearer, String room)
      throws Refusal {
    if (bearer.isPresent()) {
      Caller.require(bearer, Access.Verb.MAKE_ROOM, room, false);
      return keys.key(bearer.get().keyId()).orElseThrow();
    }
    if (keys.development().isPresent() && LocalRequest.is(context.request())) {
      return keys.development().get();
    }
    throw new Refusal(
        401,
        "unauthorized",
        "Making a room needs a token: an admin's, or an instructor's for the room '" + room + "'.");
  }

  private String freshId() {
    StringBuilder id = new StringBuilder("class-");
    for (int i = 0; i < 8; i++) {
      id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return id.toString();
  }
}
