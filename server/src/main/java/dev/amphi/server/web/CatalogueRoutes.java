package dev.amphi.server.web;

import static dev.amphi.server.web.Routes.refusing;

import dev.amphi.interactive.api.Refusal;
import dev.amphi.packager.api.Packager;
import dev.amphi.packager.api.RecordingView;
import dev.amphi.server.catalogue.Catalogue;
import dev.amphi.server.catalogue.Place;
import dev.amphi.server.catalogue.Wanted;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** {@code /api/recordings}: those of all rooms, for who runs them all. */
final class CatalogueRoutes {
  private static final Set<String> PARAMETERS =
      new TreeSet<>(Set.of("room", "state", "from", "to", "q", "limit", "cursor"));
  private static final int LONGEST_WORDS = 200;

  private final Guard guard;
  private final Packager packager;
  private final ToLongFunction<RecordingView> size;

  /**
   * @param size how long a recording's MP4 is, bytes; may block on the disk
   */
  CatalogueRoutes(Guard guard, Packager packager, ToLongFunction<RecordingView> size) {
    this.guard = guard;
    this.packager = packager;
    this.size = size;
  }

  void mount(Router router) {
    router.get("/api/recordings").handler(refusing(this::list));
  }

  private void list(RoutingContext context) throws Refusal {
    guard.passEverywhere(context, Access.Verb.SEE_CATALOGUE);
    Wanted wanted = wanted(context);
    Catalogue.Page page = Catalogue.page(packager.recordings(), wanted);
    context
        .vertx()
        .executeBlocking(() -> json(page), false)
        .onSuccess(json -> Answers.send(context, 200, json))
        .onFailure(context::fail);
  }

  private JsonObject json(Catalogue.Page page) {
    JsonArray all = new JsonArray();
    page.recordings().forEach(view -> all.add(entry(view)));
    return new JsonObject()
        .put("recordings", all)
        .put("next", page.next().map(Place::cursor).orElse(null));
  }

  /** As its room's list has it, with where it is, and chapters counted. */
  private JsonObject entry(RecordingView view) {
    JsonObject json = Answers.recording(view).put("room", view.roomId());
    json.remove("chapters");
    json.put("chapters_count", view.chapters().size());
    if (json.getJsonObject("trim") != null) {
      json.getJsonObject("trim").remove("chapters");
    }
    long bytes = size.applyAsLong(view);
    if (bytes > 0) {
      json.put("size_bytes", bytes);
    }
    return json;
  }

  private static Wanted wanted(RoutingContext context) throws Refusal {
    for (String name : context.request().params().names()) {
      if (!PARAMETERS.contains(name) && !context.pathParams().containsKey(name)) {
        throw new Refusal(
            422,
            "malformed",
            "There is no parameter '" + name + "': the parameters are " + PARAMETERS + ".");
      }
    }
    String words = text(context, "q").orElse("");
    if (words.length() > LONGEST_WORDS) {
      throw RequestJson.wrong("q", words, "at most " + LONGEST_WORDS + " characters long");
    }
    Optional<String> state = text(context, "state");
    if (state.isPresent() && !Wanted.STATES.contains(state.get())) {
      throw RequestJson.wrong("state", state.get(), "recording, processing, ready or failed");
    }
    return new Wanted(
        text(context, "room"),
        state,
        time(context, "from"),
        time(context, "to"),
        words,
        limit(context),
        after(context));
  }

  private static Optional<String> text(RoutingContext context, String name) {
    @Nullable String value = context.request().getParam(name);
    return Optional.ofNullable(value).filter(text -> !text.isEmpty());
  }

  private static Optional<Instant> time(RoutingContext context, String name) throws Refusal {
    Optional<String> text = text(context, name);
    try {
      return text.map(OffsetDateTime::parse).map(OffsetDateTime::toInstant);
    } catch (DateTimeException e) {
      throw RequestJson.wrong(
          name, text.orElse(""), "a time with its zone, as 2026-11-01T10:45:00Z");
    }
  }

  private static int limit(RoutingContext context) throws Refusal {
    String text = text(context, "limit").orElse(String.valueOf(Wanted.USUAL));
    if (text.matches("[1-9]\\d{0,2}") && Integer.parseInt(text) <= Wanted.MOST) {
      return Integer.parseInt(text);
    }
    throw RequestJson.wrong("limit", text, "a number from 1 to " + Wanted.MOST);
  }

  private static Optional<Place> after(RoutingContext context) throws Refusal {
    Optional<String> cursor = text(context, "cursor");
    Optional<Place> place = cursor.flatMap(Place::of);
    if (cursor.isPresent() && place.isEmpty()) {
      throw RequestJson.wrong("cursor", cursor.get(), "the 'next' of an earlier answer");
    }
    return place;
  }
}
