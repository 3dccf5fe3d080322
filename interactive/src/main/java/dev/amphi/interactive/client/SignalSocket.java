package dev.amphi.interactive.client;

import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The client's end of {@code amphi.v1}: numbers commands, matches answers, hands over events.
 * Confined to the client's loop.
 */
final class SignalSocket {
  /** What is not an answer, on the loop. */
  interface Events {
    void event(JsonObject event);

    void socketClosed(String reason);
  }

  private final Executor loop;
  private final Events events;
  private final Map<Long, CompletableFuture<JsonObject>> pending = new HashMap<>();
  private @Nullable WebSocket socket;
  private long sent;
  private long received;
  private boolean closed;

  SignalSocket(Executor loop, Events events) {
    this.loop = loop;
    this.events = events;
  }

  /** Connects; completes on the loop. */
  CompletableFuture<Void> connect(WebSocketClient client, URI uri) {
    CompletableFuture<Void> opened = new CompletableFuture<>();
    boolean tls = "wss".equals(uri.getScheme());
    client
        .connect(
            new WebSocketConnectOptions()
                .setHost(uri.getHost())
                .setPort(uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80)
                .setSsl(tls)
                .setURI(
                    uri.getRawQuery() == null
                        ? uri.getRawPath()
                        : uri.getRawPath() + "?" + uri.getRawQuery())
                .addSubProtocol("amphi.v1"))
        .onSuccess(
            ws -> {
              ws.textMessageHandler(text -> loop.execute(() -> received(text)));
              ws.closeHandler(
                  end -> loop.execute(() -> ended(ws.closeStatusCode() + " " + ws.closeReason())));
              loop.execute(
                  () -> {
                    socket = ws;
                    opened.complete(null);
                  });
            })
        .onFailure(failure -> loop.execute(() -> opened.completeExceptionally(failure)));
    return opened;
  }

  /** Sends a command; the stage completes on the loop with its answer, or with the refusal. */
  CompletableFuture<JsonObject> command(JsonObject message) {
    CompletableFuture<JsonObject> answer = new CompletableFuture<>();
    if (closed || socket == null) {
      answer.completeExceptionally(new IllegalStateException("The signalling socket is closed"));
      return answer;
    }
    pending.put(send(message), answer);
    return answer;
  }

  private long send(JsonObject message) {
    long n = ++sent;
    WebSocket to = socket;
    if (to != null && !to.isClosed()) {
      var unused = to.writeTextMessage(message.copy().put("n", n).put("ack", received).encode());
    }
    return n;
  }

  private void received(String text) {
    JsonObject message;
    try {
      message = new JsonObject(text);
    } catch (DecodeException e) {
      return;
    }
    received = Math.max(received, message.getLong("n", 0L));
    Long re = message.getLong("re");
    CompletableFuture<JsonObject> answered = re == null ? null : pending.remove(re);
    if (answered != null) {
      if ("error".equals(message.getString("type"))) {
        answered.completeExceptionally(
            new IllegalStateException(
                message.getString("code") + ": " + message.getString("detail")));
      } else {
        answered.complete(message);
      }
    } else if ("ping".equals(message.getString("type"))) {
      send(new JsonObject().put("type", "pong"));
    } else {
      events.event(message);
    }
  }

  private void ended(String reason) {
    if (!closed) {
      closed = true;
      pending
          .values()
          .forEach(
              answer ->
                  answer.completeExceptionally(
                      new IllegalStateException("The signalling socket closed: " + reason)));
      pending.clear();
      events.socketClosed("the signalling socket closed: " + reason);
    }
  }

  /** Says {@code leave} and closes. */
  void close() {
    WebSocket open = socket;
    if (!closed && open != null) {
      send(new JsonObject().put("type", "leave"));
      var unused = open.close();
    }
    ended("left");
  }
}
