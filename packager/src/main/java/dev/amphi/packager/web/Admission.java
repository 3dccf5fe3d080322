package dev.amphi.packager.web;

import dev.amphi.packager.node.PackagerNode;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
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
  void answer(RoutingContext context) {
    String room = context.pathParam("room");
    if (admit(context, room) != null) {
      Answers.allowAnyOrigin(context);
      if (node.program(room).isEmpty()) {
        // There is nothing to keep back yet; what comes may be for its members only.
        context.response().putHeader(Watching.EDGE_KEEPS, "0");
      }
      context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store").setStatusCode(204).end();
    }
  }

  /** Who asks for something of a room, with the token of a route's path; null: it is answered. */
  @Nullable Watching admit(RoutingContext context, String room) {
    String token = context.pathParam("token");
    return admit(context, room, token == null ? "" : token);
  }

  /** The same, with the token that stood in the path, or "". */
  @Nullable Watching admit(RoutingContext context, String room, String token) {
    try {
      return Watching.of(context, gate, room, token);
    } catch (Watching.Refused e) {
      if (e.status() == 401) {
        context.response().putHeader("WWW-Authenticate", "Bearer");
      }
      Answers.problem(context, e.status(), "Not admitted", String.valueOf(e.getMessage()));
      return null;
    }
  }
}
