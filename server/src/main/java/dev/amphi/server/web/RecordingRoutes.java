package dev.amphi.server.web;

import static dev.amphi.server.web.Routes.refusing;

import dev.amphi.interactive.api.Refusal;
import dev.amphi.packager.api.Packager;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** {@code /api/rooms/{room}/recordings}. */
final class RecordingRoutes {
  private final Guard guard;
  private final Packager packager;

  RecordingRoutes(Guard guard, Packager packager) {
    this.guard = guard;
    this.packager = packager;
  }

  void mount(Router router) {
    router.get("/api/rooms/:room/recordings").handler(refusing(this::list));
  }

  private void list(RoutingContext context) throws Refusal {
    Guard.Passed passed = guard.pass(context, Access.Verb.SEE_RECORDINGS);
    JsonArray all = new JsonArray();
    packager.recordings(passed.roomId()).forEach(view -> all.add(Answers.recording(view)));
    Answers.send(context, 200, new JsonObject().put("recordings", all));
  }
}
