package dev.amphi.interactive.web;

import dev.amphi.interactive.api.Admission;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.room.Rooms;
import dev.amphi.interactive.signal.ClientDecoder;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Objects;

/** The stage's doors on the node's HTTP server: {@code /ws}, {@code /whip} and {@code /whep}. */
public final class InteractiveWeb {
  /** Where a routing context keeps the {@link dev.amphi.interactive.api.Grant} of its sender. */
  public static final String GRANT = "amphi.grant";

  /** Where a routing context keeps the code of the refusal that it was answered with. */
  public static final String REFUSED = "amphi.refused";

  /** Who comes back after a break comes at once, with all the others behind the same address. */
  private static final int SOCKETS_PER_OFFER = 4;

  private final Vertx vertx;
  private final Rooms rooms;
  private final Admission admission;
  private final int offersPerAddress;
  private final ClientDecoder decoder = new ClientDecoder();

  /**
   * @param offersPerAddress how many offers one address may post in 10 seconds
   */
  InteractiveWeb(Vertx vertx, Rooms rooms, Admission admission, int offersPerAddress) {
    this.offersPerAddress = offersPerAddress;
    this.vertx = vertx;
    this.rooms = rooms;
    this.admission = admission;
  }

  /** What the signalling socket needs of the HTTP server; returns its argument. */
  public static HttpServerOptions configure(HttpServerOptions options) {
    return options
        .setWebSocketSubProtocols(List.of(SignallingSocket.SUBPROTOCOL))
        .setMaxWebSocketFrameSize(SignallingSocket.MAX_MESSAGE)
        .setMaxWebSocketMessageSize(SignallingSocket.MAX_MESSAGE)
        .setPerMessageWebSocketCompressionSupported(true) // SocketCompression takes its place.
        .setPerFrameWebSocketCompressionSupported(false);
  }

  /** Lets the signalling sockets of a server compress, within bounds; returns its argument. */
  public static HttpServer compress(HttpServer server) {
    return server.connectionHandler(SocketCompression::install);
  }

  /** Mounts all doors; to be called before any route that would take their paths. */
  public void mount(Router router) {
    PostLimit sockets = new PostLimit(SOCKETS_PER_OFFER * offersPerAddress, "sockets");
    MediaEndpoints.guarded(
        router.get("/ws"),
        context -> {
          sockets.check(context);
          webSocket(context);
        });
    MediaEndpoints endpoints =
        new MediaEndpoints(rooms, admission, new PostLimit(offersPerAddress, "offers"));
    endpoints.mount(
        router,
        "/whip/:room",
        MediaEndpoints.Audience.BEARERS,
        (context, grant, sdp) -> rooms.publish(grant, sdp));
    endpoints.mount(
        router,
        "/whep/:room",
        MediaEndpoints.Audience.VIEWERS,
        (context, grant, sdp) ->
            rooms.watch(grant, Whep.rendition(context), Whep.savesData(context), sdp));
    endpoints.mount(
        router,
        "/whep/:room/:participant",
        MediaEndpoints.Audience.BEARERS,
        (context, grant, sdp) ->
            rooms.follow(grant, Objects.requireNonNull(context.pathParam("participant")), sdp));
  }

  private void webSocket(RoutingContext context) {
    String offered = context.request().getHeader("Sec-WebSocket-Protocol");
    // Other upgrades are asked for too, by the JDK's client with each new connection.
    if (!"websocket".equalsIgnoreCase(context.request().getHeader("Upgrade"))) {
      Problem.answer(
          context,
          new Refusal(
              426, "malformed", "This is a WebSocket: connect with the subprotocol amphi.v1."));
      return;
    }
    if (offered == null || !List.of(offered.split("\\s*,\\s*", -1)).contains("amphi.v1")) {
      Problem.answer(
          context, new Refusal(400, "malformed", "The subprotocol amphi.v1 must be asked for."));
      return;
    }
    HttpConnection underlying = context.request().connection();
    context
        .request()
        .toWebSocket()
        .onSuccess(
            socket -> SignallingSocket.serve(vertx, socket, underlying, rooms, admission, decoder))
        .onFailure(failure -> Problem.answer(context, failure));
  }
}
