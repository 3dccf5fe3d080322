package dev.amphi.server.proxy;

import dev.amphi.cluster.Cluster;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Lets any node answer for any room: what is about a room that another node owns goes there, HTTP
 * and WebSocket alike; everything else goes on to this node's own routes. Mount it first.
 */
public final class OwnerProxy implements Handler<RoutingContext> {
  private final OwnerRoutes routes;
  private final HttpRelay http;
  private final WebSocketRelay webSockets;
  private final String selfId;
  private final LongSupplier nanoTime;

  private OwnerProxy(Vertx vertx, Cluster cluster, LongSupplier nanoTime) {
    this.routes = new OwnerRoutes(cluster);
    this.http = new HttpRelay(vertx);
    this.webSockets = new WebSocketRelay(vertx);
    this.selfId = cluster.nodes().selfId();
    this.nanoTime = nanoTime;
  }

  /** Puts the proxy before all other routes of the router. */
  public static void mount(Router router, Vertx vertx, Cluster cluster, LongSupplier nanoTime) {
    router.route().order(-1_000).handler(new OwnerProxy(vertx, cluster, nanoTime));
  }

  @Override
  public void handle(RoutingContext context) {
    var request = context.request();
    Optional<String> room =
        RoomPath.roomOf(
            context.normalizedPath(), Optional.ofNullable(request.getParam("room")).orElse(""));
    if (room.isEmpty() || request.getHeader(HttpRelay.VIA_NODE) != null) {
      // What another node has sent here is answered here, so that two nodes never play ball.
      context.next();
      return;
    }
    request.pause();
    // The registry answers on a thread of its own; the request belongs to this one.
    Context loop = context.vertx().getOrCreateContext();
    routes
        .elsewhere(room.get(), nanoTime.getAsLong())
        .whenComplete(
            (owner, failure) ->
                loop.runOnContext(
                    ignored -> route(context, failure == null ? owner : Optional.empty())));
  }

  private void route(RoutingContext context, Optional<URI> owner) {
    if (owner.isEmpty()) {
      context.request().resume();
      context.next();
    } else if (WebSocketRelay.isUpgrade(context.request())) {
      webSockets.relay(context, owner.get(), selfId);
    } else {
      http.relay(context, owner.get(), selfId);
    }
  }
}
