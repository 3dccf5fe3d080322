package dev.amphi.server.proxy;

import dev.amphi.server.web.ClientAddress;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;

/** Passes a signalling socket on to another node, message by message, with back-pressure. */
final class WebSocketRelay {
  private static final int MAX_MESSAGE_BYTES = 64 * 1024;

  /** What a node says may be long, as the snapshot of a full room. */
  private static final int MAX_ANSWER_BYTES = 4 * 1024 * 1024;

  private static final short GOING_AWAY = 1001;

  /** To the owner: the visitor's network broke; unlike 1001, this is no goodbye. */
  private static final short BROKEN = 4010;

  private final WebSocketClient client;

  WebSocketRelay(Vertx vertx) {
    this.client =
        vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setConnectTimeout(2_000)
                .setMaxConnections(10_000)
                .setMaxFrameSize(MAX_MESSAGE_BYTES)
                .setMaxMessageSize(MAX_ANSWER_BYTES));
  }

  static boolean isUpgrade(HttpServerRequest request) {
    return "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
  }

  void relay(RoutingContext context, URI owner, String selfId) {
    HttpServerRequest request = context.request();
    WebSocketConnectOptions options =
        new WebSocketConnectOptions()
            .setHost(owner.getHost())
            .setPort(owner.getPort())
            .setURI(request.uri());
    String subProtocol = request.getHeader("Sec-WebSocket-Protocol");
    if (subProtocol != null) {
      options.addSubProtocol(subProtocol);
    }
    options.putHeader(HttpRelay.VIA_NODE, selfId);
    options.putHeader("X-Forwarded-For", ClientAddress.of(context));
    // The owner may speak, and even hang up, before the visitor is upgraded: the handlers are there
    // before it is asked, and what it says waits.
    ClientWebSocket onward = client.webSocket();
    OneWay back = new OneWay(context.vertx(), onward, GOING_AWAY);
    // The visitor is upgraded only once the owner has answered: a dead owner is an HTTP error.
    onward
        .connect(options)
        .onSuccess(
            connected -> {
              onward.pause();
              request
                  .toWebSocket()
                  .onSuccess(
                      visitor -> {
                        new OneWay(context.vertx(), visitor, BROKEN).start(onward);
                        back.start(visitor);
                      })
                  .onFailure(failure -> leave(onward));
            })
        .onFailure(failure -> context.fail(502));
  }

  private static void leave(WebSocket onward) {
    onward.resume();
    onward.close(GOING_AWAY);
  }
}
