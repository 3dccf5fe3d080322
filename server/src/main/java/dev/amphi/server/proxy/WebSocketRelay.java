package dev.amphi.server.proxy;

import dev.amphi.server.web.ClientAddress;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketBase;
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
    // The visitor is upgraded only once the owner has answered: a dead owner is an HTTP error.
    client
        .connect(options)
        .onSuccess(
            onward ->
                request
                    .toWebSocket()
                    .onSuccess(visitor -> join(visitor, onward))
                    .onFailure(failure -> onward.close(GOING_AWAY)))
        .onFailure(failure -> context.fail(502));
  }

  private static void join(ServerWebSocket visitor, WebSocket onward) {
    oneWay(visitor, onward, BROKEN);
    oneWay(onward, visitor, GOING_AWAY);
  }

  private static void oneWay(WebSocketBase from, WebSocketBase to, short broken) {
    from.textMessageHandler(
        text -> {
          to.writeTextMessage(text);
          if (to.writeQueueFull()) {
            from.pause();
            to.drainHandler(ignored -> from.resume());
          }
        });
    from.exceptionHandler(failure -> to.close(broken));
    from.closeHandler(
        ignored -> {
          Short code = from.closeStatusCode();
          to.close(
              code == null || code == 1006 || code == 1005 ? broken : code, from.closeReason());
        });
  }
}
