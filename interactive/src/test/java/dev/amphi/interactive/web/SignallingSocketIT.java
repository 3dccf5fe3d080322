package dev.amphi.interactive.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amphi.interactive.room.FakeTransports;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The signalling socket, spoken to by the JDK's WebSocket client. */
@Timeout(60)
class SignallingSocketIT {
  private final HttpClient client = HttpClient.newHttpClient();
  private OpenDoors doors;

  @BeforeEach
  void open() {
    doors = new OpenDoors(new FakeTransports());
  }

  @AfterEach
  void close() {
    doors.close();
    client.shutdownNow();
  }

  /** The far end of a socket. */
  private static final class Ear implements WebSocket.Listener {
    final BlockingQueue<JsonObject> heard = new LinkedBlockingQueue<>();
    final CompletableFuture<String> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();

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
      closed.complete(code + " " + reason);
      return CompletableFuture.completedFuture(null);
    }

    JsonObject next() throws InterruptedException {
      JsonObject message = heard.poll(10, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("nothing came within 10 s");
      }
      return message;
    }

    JsonObject next(String type) throws InterruptedException {
      JsonObject message = next();
      while (!message.getString("type").equals(type)) {
        message = next();
      }
      return message;
    }
  }

  private WebSocket connect(Ear ear) {
    return client
        .newWebSocketBuilder()
        .subprotocols("amphi.v1")
        .buildAsync(doors.webSocket(), ear)
        .join();
  }

  private static void say(WebSocket socket, JsonObject message) {
    socket.sendText(message.encode(), true).join();
  }

  private static JsonObject hello(String token) {
    return new JsonObject()
        .put("type", "hello")
        .put("n", 1)
        .put("room", "demo")
        .put("token", token);
  }

  @Test
  void aHelloIsWelcomedAndAChatIsHeardByTheOther() throws Exception {
    Ear ada = new Ear();
    Ear eve = new Ear();
    WebSocket adasSocket = connect(ada);
    assertThat(adasSocket.getSubprotocol()).isEqualTo("amphi.v1");
    say(adasSocket, hello("ada:instructor"));
    JsonObject welcome = ada.next();
    assertThat(welcome.getString("type")).isEqualTo("welcome");
    assertThat(welcome.getInteger("re")).isEqualTo(1);
    WebSocket evesSocket = connect(eve);
    say(evesSocket, hello("eve:viewer"));
    eve.next("welcome");

    say(evesSocket, new JsonObject().put("type", "chat").put("n", 2).put("text", "hi <b>"));
    JsonObject chat = ada.next("chat");
    assertThat(chat.getString("text")).isEqualTo("hi <b>");
    assertThat(chat.getJsonObject("from").getString("id")).isEqualTo("eve");
    assertThat(eve.next("ok").getInteger("re")).isEqualTo(2);
  }

  @Test
  void aForeignTokenIsToldWhyAndCutOff() throws Exception {
    Ear ear = new Ear();
    say(connect(ear), hello("nonsense"));
    JsonObject error = ear.next();
    assertThat(error.getString("code")).isEqualTo("unauthorized");
    assertThat(error.getInteger("re")).isEqualTo(1);
    assertThat(ear.closed.get(10, TimeUnit.SECONDS)).startsWith("4001 The token is not");
  }

  @Test
  void whoeverDoesNotSayHelloFirstIsCutOff() throws Exception {
    Ear ear = new Ear();
    say(connect(ear), new JsonObject().put("type", "leave").put("n", 1));
    assertThat(ear.closed.get(10, TimeUnit.SECONDS)).startsWith("1008 The first message");
  }

  @Test
  void aMessageThatCannotBeReadIsAnsweredAndTheSocketLives() throws Exception {
    Ear ear = new Ear();
    WebSocket socket = connect(ear);
    say(socket, hello("ada:instructor"));
    ear.next("welcome");
    say(socket, new JsonObject().put("type", "dance").put("n", 2));
    JsonObject error = ear.next("error");
    assertThat(error.getString("detail")).isEqualTo("There is no message of type 'dance'.");
    assertThat(error.getInteger("re")).isEqualTo(2);
    say(socket, new JsonObject().put("type", "leave").put("n", 3));
    assertThat(ear.closed.get(10, TimeUnit.SECONDS)).startsWith("1000");
  }

  @Test
  void whatCannotBeReadIsAnsweredAlsoWhenItCameBeforeTheWelcome() throws Exception {
    Ear ear = new Ear();
    WebSocket socket = connect(ear);
    say(socket, hello("ada:instructor"));
    say(socket, new JsonObject().put("type", "dance").put("n", 2));
    say(socket, new JsonObject().put("type", "leave").put("n", 3));

    assertThat(ear.next().getString("type")).isEqualTo("welcome");
    assertThat(ear.next("error").getInteger("re")).isEqualTo(2);
    assertThat(ear.closed.get(10, TimeUnit.SECONDS)).startsWith("1000");
  }

  @Test
  void aHugeMessageIsRefused() throws Exception {
    Ear ear = new Ear();
    WebSocket socket = connect(ear);
    say(socket, hello("ada:instructor"));
    ear.next("welcome");
    say(socket, new JsonObject().put("type", "chat").put("n", 2).put("text", "x".repeat(70_000)));
    assertThat(ear.closed.get(10, TimeUnit.SECONDS)).startsWith("1009");
  }

  @Test
  void theSubprotocolMustBeAskedFor() {
    assertThatThrownBy(
            () -> client.newWebSocketBuilder().buildAsync(doors.webSocket(), new Ear()).join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(WebSocketHandshakeException.class);
  }

  @Test
  void whoeverDoesNotReadIsCutOffAndTheOthersHearEverything() throws Exception {
    Ear ada = new Ear();
    say(connect(ada), hello("ada:instructor"));
    ada.next("welcome");
    try (DeafClient deaf = new DeafClient(doors.webSocket())) {
      deaf.say(hello("eve:viewer").encode());
      Awaitility.await().until(() -> doors.viewers == 1);
      // What changes within a second is told together, so few messages have to be long.
      for (int told = 0; doors.viewers > 0; told++) {
        doors.tellAll(1_000_000 + told);
        ada.next("changes");
      }
    }
  }
}
