package dev.amphi.server.web;

import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.Stage;
import dev.amphi.server.room.ProgramHealth;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;

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
    Routes.answer(
        context,
        200,
        stage.describe(passed.roomId()),
        described -> {
          JsonObject json = new JsonObject(described);
          passed.room().health().ifPresent(health -> json.put("program", program(health)));
          return json;
        });
  }

  private static JsonObject program(ProgramHealth health) {
    return new JsonObject()
        .put("goes_without", health.shed().name().toLowerCase(Locale.ROOT))
        .put("shed_step", health.shed().step())
        .put("late_ms", health.lateMillis())
        .put("restarts", health.restarts())
        .put("quarantined", new JsonArray(health.quarantined().stream().sorted().toList()));
  }
}
