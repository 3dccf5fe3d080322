package dev.amphi.packager.web;

import dev.amphi.packager.node.PackagerNode;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** Lets viewers in, or tells them why not. */
final class Admission {
  private final PackagerNode node;
  private final AudienceGate gate;

  Admission(PackagerNode node, AudienceGate gate) {
    this.node = node;
    this.gate = gate;
  }

  /** Tells an edge whether the bearer may watch: 204, or the refusal that a viewer would get. */
  void answer(HttpServerRequest request, String room, String token) {
    if (admit(request, room, token) != null) {
      Answers.allowAnyOrigin(request);
      if (node.program(room).isEmpty()) {
        // There is nothing to keep back yet; what comes may be for its members only.
        request.response().putHeader(Watching.EDGE_KEEPS, "0");
      }
      request.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store").setStatusCode(204).end();
    }
  }

  /** Who asks, with the token that stood in the path, or ""; null: it is answered. */
  @Nullable Watching admit(HttpServerRequest request, String room, String token) {
    try {
      return Watching.of(request, gate, room, token);
    } catch (Watching.Refused e) {
      if (e.status() == 401) {
        request.response().putHeader("WWW-Authenticate", "Bearer");
      }
      Answers.problem(request, e.status(), "Not admitted", String.valueOf(e.getMessage()));
      return null;
    }
  }
}
