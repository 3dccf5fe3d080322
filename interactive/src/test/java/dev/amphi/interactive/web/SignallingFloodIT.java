package dev.amphi.interactive.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.room.FakeTransports;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever says too much at once is cut off, and a second person in the room notices nothing. */
@Timeout(60)
class SignallingFloodIT {
  private static final int HUGE = 100_000_000;

  private final Vertx vertx = Vertx.vertx();
  private final WebSocketClient client =
      vertx.createWebSocketClient(
          new WebSocketClientOptions()
              .setTryUsePerMessageCompression(true)
              .setCompressionAllowClientNoContext(true)
              .setCompressionRequestServerNoContext(true)
              .setMaxFrameSize(HUGE)
              .setMaxMessageSize(HUGE));
  private OpenDoors doors;
  private Line bystander;

  /** A socket that is in the room. */
  private final class Line {
    final BlockingQueue<JsonObject> heard = new LinkedBlockingQueue<>();
    final CompletableFuture<Integer> closed = new CompletableFuture<>();
    final WebSocket socket;

    Line(String id) throws Exception {
      socket =
          client
              .connect(
                  new WebSocketConnectOptions()
                      .setHost(doors.webSocket().getHost())
                      .setPort(doors.webSocket().getPort())
                      .setURI("/ws")
                      .addSubProtocol("amphi.v1"))
              .toCompletionStage()
              .toCompletableFuture()
              .get(10, TimeUnit.SECONDS);
      socket.textMessageHandler(text -> heard.add(new JsonObject(text)));
      socket.closeHandler(
          end -> {
            Short code = socket.closeStatusCode();
            closed.complete(code == null ? 1006 : code.intValue());
          });
      say(new JsonObject().put("type", "hello").put("n", 1).put("room", "demo").put("token", id));
      next("welcome");
    }

    void say(JsonObject message) {
      var unused = socket.writeTextMessage(message.encode());
    }

    JsonObject next(String type) throws InterruptedException {
      for (; ; ) {
        JsonObject message = heard.poll(10, TimeUnit.SECONDS);
        assertThat(message)
            .as("a message '%s' within 20 s; closed: %s", type, closed.getNow(-1))
            .isNotNull();
        if (message.getString("type").equals(type)) {
          return message;
        }
      }
    }
  }

  @BeforeEach
  void open() throws Exception {
    doors = new OpenDoors(new FakeTransports());
    bystander = new Line("ben:instructor");
  }

  @AfterEach
  void close() {
    bystander.say(new JsonObject().put("type", "chat").put("n", 2).put("text", "still here"));
    try {
      while (!bystander.next("chat").getString("text").equals("still here")) {
        // What the loud one said before it was cut off.
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      doors.close();
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private static JsonObject chat(int n, String text) {
    return new JsonObject().put("type", "chat").put("n", n).put("text", text);
  }

  @Test
  void aLongMessageIsCompressedOnItsWayBack() throws Exception {
    Line ada = new Line("ada:instructor");
    assertThat(ada.socket.headers().get("Sec-WebSocket-Extensions"))
        .contains("permessage-deflate")
        .contains("server_no_context_takeover")
        .contains("client_no_context_takeover");
    String text = "a sentence that is said again. ".repeat(60);
    ada.say(chat(2, text));
    assertThat(ada.next("chat").getString("text")).isEqualTo(text.strip());
  }

  @Test
  void aMessageThatInflatesBeyondTheCapIsCutOff() throws Exception {
    Line ada = new Line("ada:instructor");
    ada.say(chat(2, "x".repeat(1_000_000)));
    assertThat(ada.closed.get(20, TimeUnit.SECONDS)).isEqualTo(1009);
  }

  @Test
  void aBombOfFiftyMegabytesIsNotUnpacked() throws Exception {
    Line ada = new Line("ada:instructor");
    ada.say(chat(2, "x".repeat(50_000_000)));
    ada.closed.get(20, TimeUnit.SECONDS);
    assertThat(ada.heard).noneMatch(m -> m.getString("type").equals("chat"));
  }

  @Test
  void aHundredMegabytesAreCutOff() throws Exception {
    Line ada = new Line("ada:instructor");
    // Random bytes are text as good as any to the frame's length; they do not compress.
    byte[] noise = new byte[HUGE];
    new java.util.SplittableRandom(7).nextBytes(noise);
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (byte) (' ' + (noise[i] & 63));
    }
    var unused =
        ada.socket.writeTextMessage(new String(noise, java.nio.charset.StandardCharsets.US_ASCII));
    ada.closed.get(40, TimeUnit.SECONDS);
    assertThat(ada.heard).noneMatch(m -> m.getString("type").equals("chat"));
  }

  @Test
  void tenThousandMessagesAtOnceAreCutOff() throws Exception {
    Line ada = new Line("ada:instructor");
    for (int n = 2; n < 10_000; n++) {
      ada.say(chat(n, "x"));
    }
    assertThat(ada.closed.get(20, TimeUnit.SECONDS)).isEqualTo(1008);
    assertThat(bystander.heard.stream().filter(m -> m.getString("type").equals("chat")).count())
        .isLessThan(60);
  }

  @Test
  void deepJsonIsRefusedInWords() throws Exception {
    Line ada = new Line("ada:instructor");
    var unused =
        ada.socket.writeTextMessage(
            "{\"type\":\"chat\",\"n\":2,\"text\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}");
    assertThat(ada.next("error").getString("code")).isEqualTo("malformed");
  }
}
