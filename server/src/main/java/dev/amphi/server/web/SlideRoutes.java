package dev.amphi.server.web;

import static dev.amphi.server.web.Routes.answer;
import static dev.amphi.server.web.Routes.refusing;

import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.RoomStatus;
import dev.amphi.interactive.api.SlidesUp;
import dev.amphi.server.adapter.SlideDesk;
import dev.amphi.server.adapter.StageRelay;
import dev.amphi.server.slides.Deck;
import dev.amphi.server.token.RoomToken;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** {@code /api/rooms/{room}/slides}: the decks of a class, their pages, and which one is up. */
final class SlideRoutes {
  static final String SLIDES = "/api/rooms/:room/slides";

  private final Guard guard;
  private final SlideDesk desk;
  private final StageRelay relay;

  SlideRoutes(Guard guard, SlideDesk desk, StageRelay relay) {
    this.guard = guard;
    this.desk = desk;
    this.relay = relay;
  }

  void mount(Router router) {
    router.get(SLIDES).handler(refusing(this::list));
    router.put(SLIDES).handler(refusing(this::turn));
    router.delete(SLIDES + "/:deck").handler(refusing(this::delete));
    router.get(SLIDES + "/:deck/:page").handler(refusing(this::page));
  }

  private void list(RoutingContext context) throws Refusal {
    Guard.Passed passed = guard.pass(context, Access.Verb.TURN_SLIDES);
    JsonArray decks = new JsonArray();
    desk.shelf().decks(passed.roomId()).forEach(deck -> decks.add(deck(deck)));
    JsonObject answer = new JsonObject().put("decks", decks);
    passed.room().status().slides().ifPresent(up -> answer.put("up", Answers.slides(up)));
    Answers.send(context, 200, answer);
  }

  static JsonObject deck(Deck deck) {
    return new JsonObject()
        .put("id", deck.id())
        .put("name", deck.name())
        .put("pages", deck.count())
        .put("ready", deck.ready());
  }

  private void turn(RoutingContext context) throws Refusal {
    Guard.Passed passed = guard.pass(context, Access.Verb.TURN_SLIDES);
    RequestJson json = RequestJson.of(context, Set.of("deck", "page"));
    String deck = json.text("deck").orElse("");
    int page = deck.isEmpty() ? 0 : json.number("page");
    answer(
        context,
        200,
        desk.turn(passed.room(), deck, page),
        status -> Answers.room(status, relay.viewers(status.id()), true));
  }

  private void delete(RoutingContext context) throws Refusal {
    Guard.Passed passed = guard.pass(context, Access.Verb.TURN_SLIDES);
    String deck = context.pathParam("deck");
    boolean up = passed.room().status().slides().map(SlidesUp::deck).equals(Optional.of(deck));
    if (desk.shelf().find(passed.roomId(), deck).isEmpty()) {
      throw unknown(deck);
    }
    Routes.done(
        context,
        (up
                ? desk.turn(passed.room(), "", 0)
                : CompletableFuture.<RoomStatus>completedFuture(passed.room().status()))
            .thenAcceptAsync(
                down -> desk.shelf().delete(passed.roomId(), deck), Thread::startVirtualThread));
  }

  /** Who moderates sees every page; anybody else in the class the one that is up. */
  private void page(RoutingContext context) throws Refusal {
    Guard.Passed passed = guard.pass(context, Access.Verb.SEE_SLIDES);
    String deckId = context.pathParam("deck");
    int number = number(context.pathParam("page"));
    boolean isUp =
        passed
            .room()
            .status()
            .slides()
            .filter(up -> up.deck().equals(deckId) && up.page() == number)
            .isPresent();
    RoomToken bearer = passed.bearer().orElseThrow();
    if (!isUp
        && !Access.allows(Optional.of(bearer), Access.Verb.TURN_SLIDES, passed.roomId(), false)) {
      throw new Refusal(403, "not_allowed", "Only the page that is up can be seen.");
    }
    Deck deck = desk.shelf().find(passed.roomId(), deckId).orElseThrow(() -> unknown(deckId));
    if (number < 1 || number > deck.count()) {
      throw unknown(deckId + "/" + number);
    }
    Optional<Deck.Page> page =
        deck.page(number)
            .handle((drawn, failure) -> Optional.ofNullable(drawn))
            .getNow(Optional.empty());
    if (page.isEmpty()) {
      throw new Refusal(409, "not_drawn", "Page " + number + " is not drawn yet: try again.");
    }
    context
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "image/png")
        .putHeader(HttpHeaders.CACHE_CONTROL, "private, max-age=3600, immutable")
        .sendFile(page.get().png().toString())
        .onFailure(context::fail);
  }

  private static int number(String file) {
    try {
      return file.endsWith(".png") ? Integer.parseInt(file.substring(0, file.length() - 4)) : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static Refusal unknown(String what) {
    return new Refusal(404, "unknown_slides", "There are no slides '" + what + "' here.");
  }
}
