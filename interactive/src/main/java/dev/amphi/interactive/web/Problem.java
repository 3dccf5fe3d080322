package dev.amphi.interactive.web;

import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.signal.ServerEncoder;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.CompletionException;

/** An error as {@code application/problem+json} (RFC 9457). */
final class Problem {
  private static final System.Logger LOG = System.getLogger(Problem.class.getName());

  private Problem() {}

  /** Answers with what went wrong. */
  static void answer(RoutingContext context, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof Refusal refusal) {
      answer(context, refusal);
    } else {
      LOG.log(System.Logger.Level.ERROR, "a request failed", cause);
      answer(
          context,
          new Refusal(500, "unavailable", "The server failed to do this; its log says why."));
    }
  }

  private static void answer(RoutingContext context, Refusal refusal) {
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    context.put(InteractiveWeb.REFUSED, refusal.code());
    if (refusal.status() == 401) {
      response.putHeader("WWW-Authenticate", "Bearer");
    }
    if (refusal.status() == 429 || refusal.status() == 503) {
      response.putHeader("Retry-After", "2");
    } else if (refusal.code().equals("not_live")) {
      response.putHeader("Retry-After", "5"); // draft-ietf-wish-whep, "Playback Session Set Up"
    }
    response
        .setStatusCode(refusal.status())
        .putHeader("Content-Type", "application/problem+json")
        .putHeader("Cache-Control", "no-store")
        .end(
            new JsonObject()
                .put("type", "about:blank")
                .put("title", ServerEncoder.title(refusal.code()))
                .put("status", refusal.status())
                .put("code", refusal.code())
                .put("detail", refusal.detail())
                .encode());
  }
}
