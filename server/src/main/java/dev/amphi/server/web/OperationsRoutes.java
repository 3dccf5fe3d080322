package dev.amphi.server.web;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.util.function.BooleanSupplier;

/** {@code /health} and {@code /metrics}. */
final class OperationsRoutes {
  private OperationsRoutes() {}

  /**
   * @param ready false while the node starts or drains
   */
  static void mount(Router router, PrometheusMeterRegistry metrics, BooleanSupplier ready) {
    router
        .get("/health/live")
        .handler(context -> Answers.send(context, 200, new JsonObject().put("live", true)));
    router
        .get("/health/ready")
        .handler(
            context -> {
              if (ready.getAsBoolean()) {
                Answers.send(context, 200, new JsonObject().put("ready", true));
              } else {
                new Problem(503, "unavailable", "The node is starting or being stopped.")
                    .send(context);
              }
            });
    router
        .get("/metrics")
        .handler(
            context ->
                context
                    .response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    .end(metrics.scrape()));
  }
}
