package dev.amphi.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.server.web.RestClient;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node that stops and comes back with the same folder. */
@Timeout(120)
class RestartIT {
  private final HttpClient http = HttpClient.newHttpClient();

  private static final class Ear implements WebSocket.Listener {
    final BlockingQueue<JsonObject> heard = new LinkedBlockingQueue<>();
    final CompletableFuture<Integer> closed = new CompletableFuture<>();
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
      closed.complete(code);
      return CompletableFuture.completedFuture(null);
    }

    JsonObject next(String type) throws InterruptedException {
      for (; ; ) {
        JsonObject message = heard.poll(20, TimeUnit.SECONDS);
        assertThat(message).as("a message '%s'", type).isNotNull();
        if (message.getString("type").equals(type)) {
          return message;
        }
      }
    }
  }

  private WebSocket enter(AmphiNode node, String token, Ear ear) {
    WebSocket socket =
        http.newWebSocketBuilder()
            .subprotocols("amphi.v1")
            .buildAsync(URI.create(node.localOrigin().replace("http", "ws") + "/ws"), ear)
            .join();
    socket
        .sendText(
            new JsonObject()
                .put("type", "hello")
                .put("n", 1)
                .put("room", "maths")
                .put("token", token)
                .encode(),
            true)
        .join();
    return socket;
  }

  @Test
  void aClassIsOpenAgainAndItsPeopleAreToldToComeBack(@TempDir Path folder) throws Exception {
    String token;
    Ear ada = new Ear();
    try (AmphiNode node = TestNodes.start(folder)) {
      token = TestNodes.token(node, "maths", "instructor", "Ada");
      RestClient client = new RestClient(node.localOrigin());
      client.json("POST", "/api/rooms", token, "{\"title\":\"Maths\",\"audience\":\"token\"}");
      client.json("PUT", "/api/rooms/maths/layout", token, "{\"layout\":\"grid\"}");
      enter(node, token, ada);
      ada.next("welcome");
    }
    assertThat(ada.next("closing").getLong("retry_after_ms")).isPositive();
    assertThat(ada.closed.get(10, TimeUnit.SECONDS)).isEqualTo(1012);

    try (AmphiNode node = TestNodes.start(folder)) {
      Ear again = new Ear();
      enter(node, token, again);
      JsonObject room = again.next("welcome").getJsonObject("room");
      assertThat(room.getString("title")).isEqualTo("Maths");
      assertThat(room.getString("layout")).isEqualTo("grid");
      new RestClient(node.localOrigin()).send("POST", "/api/rooms/maths/end", token, "");
    }
    try (AmphiNode node = TestNodes.start(folder)) {
      assertThat(
              new RestClient(node.localOrigin())
                  .send("GET", "/api/rooms/maths", token, "")
                  .statusCode())
          .as("a class that ended does not come back")
          .isEqualTo(404);
    }
  }

  @Test
  void whoIsRemovedIsRefusedByEveryDoorAndTheLogSaysWho(@TempDir Path folder) throws Exception {
    try (AmphiNode node = TestNodes.start(folder)) {
      String ada = TestNodes.token(node, "maths", "instructor", "Ada");
      String ben = TestNodes.token(node, "maths", "student", "Ben");
      RestClient client = new RestClient(node.localOrigin());
      client.json("POST", "/api/rooms", ada, "{\"title\":\"Maths\",\"audience\":\"token\"}");
      Ear teacher = new Ear();
      WebSocket socket = enter(node, ada, teacher);
      teacher.next("welcome");
      Ear student = new Ear();
      enter(node, ben, student);
      student.next("welcome");
      socket
          .sendText(
              new JsonObject()
                  .put("type", "moderate")
                  .put("n", 2)
                  .put("participant", "ben")
                  .put("action", "remove")
                  .encode(),
              true)
          .join();
      teacher.next("ok");
      assertThat(student.closed.get(10, TimeUnit.SECONDS)).isEqualTo(4003);

      Ear back = new Ear();
      enter(node, ben, back);
      assertThat(back.next("error").getInteger("status")).isEqualTo(401);
      assertThat(client.send("GET", "/api/rooms/maths", ben, "").statusCode()).isEqualTo(401);
      assertThat(client.send("POST", "/whip/maths", ben, "v=0").statusCode()).isEqualTo(401);
      assertThat(client.send("GET", "/api/rooms/maths", ada, "").statusCode()).isEqualTo(200);
    }
    try (var files = Files.list(folder.resolve("audit"))) {
      String log = Files.readString(files.findFirst().orElseThrow());
      assertThat(log)
          .contains("\"action\":\"moderate remove\",\"target\":\"ben\",\"result\":\"ok\"");
    }
  }

  private static void say(WebSocket socket, int n, JsonObject message) {
    socket.sendText(message.put("n", n).encode(), true).join();
  }

  @Test
  void whatWasDecidedHoldsAfterARestartOverTheSocketAndOverRest(@TempDir Path folder)
      throws Exception {
    String ada;
    String ben;
    String mod;
    try (AmphiNode node = TestNodes.start(folder)) {
      ada = TestNodes.token(node, "maths", "instructor", "Ada");
      ben = TestNodes.token(node, "maths", "student", "Ben");
      mod = TestNodes.token(node, "maths", "moderator", "Mod");
      RestClient client = new RestClient(node.localOrigin());
      client.json("POST", "/api/rooms", ada, "{\"title\":\"Maths\",\"audience\":\"token\"}");
      Ear teacher = new Ear();
      WebSocket socket = enter(node, ada, teacher);
      teacher.next("welcome");
      for (String token : List.of(ben, mod)) {
        Ear other = new Ear();
        enter(node, token, other);
        other.next("welcome");
      }
      assertThat(client.send("PUT", "/api/rooms/maths/lock", mod, "{\"locked\":true}").statusCode())
          .isEqualTo(200);
      say(socket, 2, action("moderate", "ben").put("action", "remove"));
      teacher.next("ok");
      say(socket, 3, action("role", "mod").put("role", "viewer"));
      teacher.next("ok");
      assertThat(
              client.send("PUT", "/api/rooms/maths/lock", mod, "{\"locked\":false}").statusCode())
          .as("what a demoted moderator may do over REST")
          .isEqualTo(403);
      assertThat(
              client.send("PUT", "/api/rooms/maths/lock", ben, "{\"locked\":false}").statusCode())
          .isEqualTo(401);
      assertThat(client.send("GET", "/api/rooms/maths/participants", "", "").statusCode())
          .isEqualTo(401);
      client.send("GET", "/api/rooms/maths", ada, "");
    }
    try (var files = Files.list(folder.resolve("audit"))) {
      assertThat(Files.readAllLines(files.findFirst().orElseThrow()))
          .map(line -> new JsonObject(line))
          .map(
              line ->
                  String.join(
                      " ",
                      line.getString("actor"),
                      line.getString("role"),
                      line.getString("action"),
                      line.getString("target"),
                      line.getString("result")))
          .containsExactly(
              "ada instructor make  ok",
              "mod moderator lock  ok",
              "ada instructor moderate remove ben ok",
              "ada instructor role viewer mod ok",
              "mod viewer unlock  not_allowed",
              "  unlock  unauthorized",
              "  get participants  unauthorized");
    }
    try (AmphiNode node = TestNodes.start(folder)) {
      RestClient client = new RestClient(node.localOrigin());
      Ear back = new Ear();
      enter(node, ben, back);
      assertThat(back.next("error").getInteger("status")).isEqualTo(401);
      assertThat(client.send("GET", "/api/rooms/maths", ben, "").statusCode()).isEqualTo(401);
      Ear demoted = new Ear();
      enter(node, mod, demoted);
      JsonObject welcome = demoted.next("welcome");
      assertThat(welcome.getJsonObject("self").getString("role")).isEqualTo("viewer");
      assertThat(welcome.getJsonObject("room").getBoolean("locked")).isTrue();
      assertThat(
              client.send("PUT", "/api/rooms/maths/lock", mod, "{\"locked\":false}").statusCode())
          .isEqualTo(403);
    }
  }

  private static JsonObject action(String type, String participant) {
    return new JsonObject().put("type", type).put("participant", participant);
  }

  @Test
  void aLockedClassIsLockedOverRestToo(@TempDir Path folder) throws Exception {
    try (AmphiNode node = TestNodes.start(folder)) {
      String ada = TestNodes.token(node, "maths", "instructor", "Ada");
      String ben = TestNodes.token(node, "maths", "student", "Ben");
      RestClient client = new RestClient(node.localOrigin());
      client.json("POST", "/api/rooms", ada, "{\"title\":\"Maths\",\"audience\":\"token\"}");
      assertThat(client.send("PUT", "/api/rooms/maths/lock", ben, "{\"locked\":true}").statusCode())
          .isEqualTo(403);
      assertThat(client.json("PUT", "/api/rooms/maths/lock", ada, "{\"locked\":true}"))
          .isEqualTo(new JsonObject().put("locked", true));
      Ear late = new Ear();
      enter(node, ben, late);
      assertThat(late.next("error").getString("detail")).contains("The class is locked");

      client.send("PUT", "/api/rooms/maths/lock", ada, "{\"locked\":false}");
      client.json("PUT", "/api/rooms/maths/waiting-room", ada, "{\"waiting_room\":true}");
      Ear waiting = new Ear();
      enter(node, ben, waiting);
      assertThat(waiting.next("welcome").getJsonObject("self").getString("state"))
          .isEqualTo("waiting");
      client.send("POST", "/api/rooms/maths/participants/ben/admit", ada, "");
      assertThat(
              waiting
                  .next("changes")
                  .getJsonArray("participants")
                  .getJsonObject(0)
                  .getString("state"))
          .isIn("waiting", "on_stage");
    }
  }
}
