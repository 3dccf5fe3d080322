package dev.amphi.server.web;

import static dev.amphi.server.web.Routes.refusing;

import dev.amphi.interactive.api.Refusal;
import dev.amphi.server.webhook.WebhookStatus;
import dev.amphi.server.webhook.Webhooks;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** {@code /api/webhooks}: how the endpoints of the configuration do, for who runs the node. */
final class WebhookRoutes {
  private final Guard guard;
  private final Webhooks webhooks;

  WebhookRoutes(Guard guard, Webhooks webhooks) {
    this.guard = guard;
    this.webhooks = webhooks;
  }

  void mount(Router router) {
    router.get("/api/webhooks").handler(refusing(this::list));
    router.put("/api/webhooks/:name").handler(refusing(this::enable));
  }

  private void list(RoutingContext context) throws Refusal {
    guard.passEverywhere(context, Access.Verb.RUN_WEBHOOKS);
    Routes.answer(context, 200, webhooks.status(), WebhookRoutes::all);
  }

  private static JsonArray all(List<WebhookStatus> status) {
    JsonArray all = new JsonArray();
    status.forEach(one -> all.add(json(one)));
    return all;
  }

  private void enable(RoutingContext context) throws Refusal {
    guard.passEverywhere(context, Access.Verb.RUN_WEBHOOKS);
    String name = context.pathParam("name");
    boolean on = RequestJson.of(context, Set.of("enabled")).flag("enabled");
    Routes.done(
        context,
        webhooks
            .enable(name, on)
            .thenCompose(
                found ->
                    found
                        ? CompletableFuture.completedFuture(null)
                        : CompletableFuture.failedFuture(unknown(name))));
  }

  private static Refusal unknown(String name) {
    return new Refusal(
        404, "unknown_webhook", "There is no webhook '" + name + "' in the configuration.");
  }

  private static JsonObject json(WebhookStatus status) {
    JsonObject json =
        new JsonObject()
            .put("name", status.name())
            .put("url", status.url())
            .put("events", new JsonArray(status.events()))
            .put("enabled", status.enabled())
            .put("waiting", status.waiting())
            .put("failing", status.failing());
    if (!status.lastResult().isEmpty()) {
      json.put("last_result", status.lastResult())
          .put("last_at", Instant.ofEpochMilli(status.lastAtMillis()).toString());
    }
    return json;
  }
}
