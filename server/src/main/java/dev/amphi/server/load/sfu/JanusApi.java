package dev.amphi.server.load.sfu;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One session of Janus's JSON API over a WebSocket: requests are matched with their answers by the
 * transaction, and the session is kept alive. Thread-safe.
 */
final class JanusApi implements AutoCloseable {
  private static final long KEEP_ALIVE_MILLIS = 20_000;
  private static final long PATIENCE_SECONDS = 20;
  private static final int MAX_MESSAGE = 4 << 20;
  private static final String VIDEOROOM = "janus.plugin.videoroom";

  private final Vertx vertx;
  private final WebSocketClient client;
  private final WebSocket socket;
  private final Map<String, CompletableFuture<JsonObject>> pending = new ConcurrentHashMap<>();
  private final AtomicLong transactions = new AtomicLong();
  private volatile long session;
  private volatile long timer = -1;

  private JanusApi(Vertx vertx, WebSocketClient client, WebSocket socket) {
    this.vertx = vertx;
    this.client = client;
    this.socket = socket;
  }

  /** Opens a socket and a session. */
  static CompletionStage<JanusApi> open(Vertx vertx, String host, int port) {
    WebSocketClient client =
        vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setMaxFrameSize(MAX_MESSAGE)
                .setMaxMessageSize(MAX_MESSAGE));
    return client
        .connect(
            new WebSocketConnectOptions()
                .setHost(host)
                .setPort(port)
                .setURI("/")
                .addSubProtocol("janus-protocol"))
        .toCompletionStage()
        .thenCompose(
            socket -> {
              JanusApi api = new JanusApi(vertx, client, socket);
              socket.textMessageHandler(text -> api.received(new JsonObject(text)));
              socket.closeHandler(end -> api.failAll());
              return api.request(new JsonObject().put("janus", "create"))
                  .thenApply(
                      created -> {
                        api.session = created.getJsonObject("data").getLong("id");
                        api.keepAlive();
                        return api;
                      });
            });
  }

  private void keepAlive() {
    timer =
        vertx.setPeriodic(
            KEEP_ALIVE_MILLIS,
            id ->
                socket.writeTextMessage(
                    new JsonObject()
                        .put("janus", "keepalive")
                        .put("session_id", session)
                        .put("transaction", "alive")
                        .encode()));
  }

  /** What the server says of itself. */
  CompletionStage<JsonObject> info() {
    return request(new JsonObject().put("janus", "info"));
  }

  /** A new handle of the videoroom plugin. */
  CompletionStage<Long> attach() {
    return request(new JsonObject().put("janus", "attach").put("plugin", VIDEOROOM))
        .thenApply(attached -> attached.getJsonObject("data").getLong("id"));
  }

  /** Sends the plugin a message; completes with the whole event or answer. */
  CompletionStage<JsonObject> message(long handle, JsonObject body) {
    return message(handle, body, "", "");
  }

  /** As {@link #message(long, JsonObject)}, with an SDP. */
  CompletionStage<JsonObject> message(long handle, JsonObject body, String type, String sdp) {
    JsonObject request =
        new JsonObject().put("janus", "message").put("handle_id", handle).put("body", body);
    if (!type.isEmpty()) {
      request.put("jsep", new JsonObject().put("type", type).put("sdp", sdp));
    }
    return request(request);
  }

  private CompletionStage<JsonObject> request(JsonObject request) {
    String transaction = "t" + transactions.incrementAndGet();
    request.put("transaction", transaction);
    // Of the server itself one asks outside of any session.
    if (session != 0 && !request.getString("janus").equals("info")) {
      request.put("session_id", session);
    }
    CompletableFuture<JsonObject> answer = new CompletableFuture<>();
    pending.put(transaction, answer);
    socket
        .writeTextMessage(request.encode())
        .onFailure(failure -> complete(transaction, new JsonObject(), failure.toString()));
    return answer
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .whenComplete((done, failure) -> pending.remove(transaction));
  }

  private void received(JsonObject message) {
    String transaction = message.getString("transaction", "");
    // To a message an ack says only that its event comes later.
    if (!message.getString("janus", "").equals("ack")) {
      complete(transaction, message, problem(message));
    }
  }

  private void complete(String transaction, JsonObject message, String problem) {
    CompletableFuture<JsonObject> waiting = pending.get(transaction);
    if (waiting == null) {
      return;
    }
    if (problem.isEmpty()) {
      waiting.complete(message);
    } else {
      waiting.completeExceptionally(new IllegalStateException("Janus: " + problem));
    }
  }

  /** Why a message is a refusal, or an empty text. */
  static String problem(JsonObject message) {
    if (message.getString("janus", "").equals("error")) {
      return message.getJsonObject("error", new JsonObject()).getString("reason", "refused");
    }
    return message
        .getJsonObject("plugindata", new JsonObject())
        .getJsonObject("data", new JsonObject())
        .getString("error", "");
  }

  private void failAll() {
    pending
        .values()
        .forEach(
            waiting -> waiting.completeExceptionally(new IllegalStateException("Janus hung up")));
  }

  /** Ends the session with all its handles. */
  @Override
  public void close() {
    vertx.cancelTimer(timer);
    request(new JsonObject().put("janus", "destroy"))
        .whenComplete(
            (done, failure) -> {
              var unused = client.close();
            });
  }
}
