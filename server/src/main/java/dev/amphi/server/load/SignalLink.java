package dev.amphi.server.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A participant's signalling socket, {@code amphi.v1} of {@code docs/signalling.md}: commands with
 * their answers, and the events in between. Commands block their thread.
 */
final class SignalLink implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long PATIENCE_SECONDS = 15;

  private final Consumer<JsonNode> events;
  private final Map<Long, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final CompletableFuture<String> closed = new CompletableFuture<>();
  private final CompletableFuture<WebSocket> socket;
  private CompletableFuture<?> sent = CompletableFuture.completedFuture(null);
  private long number;
  private volatile long received;

  /**
   * Opens a socket.
   *
   * @param origin of the node, its scheme, host and port
   * @param events takes what the server tells unasked, on the HTTP client's threads, in order
   */
  SignalLink(HttpClient http, URI origin, Consumer<JsonNode> events) {
    this.events = events;
    String scheme = "https".equals(origin.getScheme()) ? "wss://" : "ws://";
    URI uri = URI.create(scheme + origin.getAuthority() + "/ws");
    socket = http.newWebSocketBuilder().subprotocols("amphi.v1").buildAsync(uri, new Incoming());
  }

  /** A command without fields. */
  static ObjectNode command(String type) {
    return JSON.createObjectNode().put("type", type);
  }

  /** Sends a command and waits for its answer. */
  JsonNode call(ObjectNode command) throws LoadFailed, InterruptedException {
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    try {
      send(socket.get(PATIENCE_SECONDS, TimeUnit.SECONDS), command, answer);
      CompletableFuture.anyOf(answer, closed).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new LoadFailed("no answer to '" + command.path("type").asText() + "'");
    } catch (ExecutionException e) {
      throw new LoadFailed("the signalling socket did not open: " + e.getCause());
    }
    JsonNode json = answer.getNow(JSON.nullNode());
    if (json.isNull()) {
      throw new LoadFailed("the signalling socket was closed: " + closed.getNow(""));
    }
    if (json.path("type").asText().equals("error")) {
      throw new LoadFailed(
          command.path("type").asText() + " was refused: " + json.path("detail").asText());
    }
    return json;
  }

  private synchronized void send(
      WebSocket to, ObjectNode message, CompletableFuture<JsonNode> answer) {
    number++;
    waiting.put(number, answer);
    message.put("n", number).put("ack", received);
    // One message at a time: the client refuses a second one while the first is on its way.
    sent = sent.thenCompose(before -> to.sendText(message.toString(), true));
  }

  private void take(WebSocket from, String text) {
    JsonNode json;
    try {
      json = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      closed.complete("the server sent no JSON");
      return;
    }
    received = Math.max(received, json.path("n").asLong());
    if (json.path("type").asText().equals("ping")) {
      send(from, command("pong"), new CompletableFuture<>());
      return;
    }
    CompletableFuture<JsonNode> answer = waiting.remove(json.path("re").asLong());
    if (answer != null) {
      answer.complete(json);
    } else {
      events.accept(json);
    }
  }

  /** Completes with the reason when the socket is closed. */
  CompletionStage<String> closed() {
    return closed;
  }

  /** Collects the fragments of messages. */
  private final class Incoming implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        String whole = text.toString();
        text.setLength(0);
        take(from, whole);
      }
      from.request(1);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
      closed.complete(status + " " + reason);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      closed.complete(error.toString());
    }
  }

  @Override
  public void close() {
    WebSocket open = socket.getNow(null);
    if (open != null) {
      open.abort();
    }
  }
}
