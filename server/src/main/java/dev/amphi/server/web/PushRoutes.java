package dev.amphi.server.web;

import static dev.amphi.server.web.Routes.refusing;

import dev.amphi.composer.api.Ladder;
import dev.amphi.interactive.api.Refusal;
import io.vertx.core.json.JsonArray;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/** {@code /api/rooms/{room}/pushes}: to which other platforms the program goes. */
final class PushRoutes {
  private static final String PUSHES = "/api/rooms/:room/pushes";

  private final Guard guard;

  PushRoutes(Guard guard) {
    this.guard = guard;
  }

  void mount(Router router) {
    router.get(PUSHES).handler(refusing(this::list));
    router.post(PUSHES).handler(refusing(this::add));
    router.delete(PUSHES + "/:id").handler(refusing(this::remove));
  }

  private void list(RoutingContext context) throws Refusal {
    Guard.Passed passed = guard.pass(context, Access.Verb.PUSH);
    JsonArray all = new JsonArray();
    passed.room().pushes().forEach(push -> all.add(Answers.push(push)));
    Answers.send(context, 200, all);
  }

  /** What is wrong with the URL is said without repeating it: it holds a secret. */
  private void add(RoutingContext context) throws Refusal {
    Guard.Passed passed = guard.pass(context, Access.Verb.PUSH);
    RequestJson json = RequestJson.of(context, Set.of("url", "key", "name", "rendition"));
    String url =
        json.text("url")
            .orElseThrow(() -> RequestJson.wrong("url", null, "rtmp://HOST/APP/KEY or its like"));
    String rendition = json.text("rendition").orElse("");
    if (!rendition.isEmpty() && Ladder.step(rendition).isEmpty()) {
      throw RequestJson.wrong(
          "rendition",
          rendition,
          String.join(", ", Ladder.STEPS.stream().map(step -> step.id()).toList()));
    }
    Routes.answer(
        context,
        201,
        passed
            .room()
            .push(url, json.text("key").orElse(""), json.text("name").orElse(""), rendition),
        Answers::push);
  }

  private void remove(RoutingContext context) throws Refusal {
    Guard.Passed passed = guard.pass(context, Access.Verb.PUSH);
    Routes.done(context, passed.room().stopPush(context.pathParam("id")));
  }
}
