package dev.amphi.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Hears what a node says over a signalling socket. */
final class Ear implements WebSocket.Listener {
  final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final BlockingQueue<JsonObject> heard = new LinkedBlockingQueue<>();
  private final StringBuilder text = new StringBuilder();

  /** Opens a socket and says hello as its first message. */
  static WebSocket enter(AmphiNode node, String room, String token, Ear ear) {
    WebSocket socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .subprotocols("amphi.v1")
            .buildAsync(URI.create(node.localOrigin().replace("http", "ws") + "/ws"), ear)
            .join();
    say(socket, 1, new JsonObject().put("type", "hello").put("room", room).put("token", token));
    return socket;
  }

  /** Says a message, the {@code n}-th. */
  static void say(WebSocket socket, int n, JsonObject message) {
    socket.sendText(message.put("n", n).encode(), true).join();
  }

  /** The next message of a type; what comes before it is skipped. */
  JsonObject next(String type) throws InterruptedException {
    for (; ; ) {
      JsonObject message = heard.poll(20, TimeUnit.SECONDS);
      assertThat(message).as("a message '%s'", type).isNotNull();
      if (message.getString("type").equals(type)) {
        return message;
      }
    }
  }

  @Override
  public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      heard.add(new JsonObject(text.toString()));
      text.setLength(0);
    }
    socket.request(1);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    closed.complete(code);
    return CompletableFuture.completedFuture(null);
  }
}
