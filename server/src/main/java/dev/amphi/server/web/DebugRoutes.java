package dev.amphi.server.web;

import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.Stage;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** {@code /debug/rooms/{room}}: a class's media pipeline with its counters. */
final class DebugRoutes {
  private final Guard guard;
  private final Stage stage;

  DebugRoutes(Guard guard, Stage stage) {
    this.guard = guard;
    this.stage = stage;
  }

  void mount(Router router) {
    router.get("/debug/rooms/:room").handler(Routes.refusing(this::see));
  }

  private void see(RoutingContext context) throws Refusal {
    Guard.Passed passed = guard.pass(context, Access.Verb.SEE_PIPELINE);
    Routes.answer(context, 200, stage.describe(passed.roomId()), JsonObject::new);
  }
}
