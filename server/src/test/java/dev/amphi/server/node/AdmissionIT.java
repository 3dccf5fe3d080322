package dev.amphi.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.amphi.server.config.ConfigKey;
import dev.amphi.server.web.RestClient;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A machine with time for one program, and two classes that would go live. */
@Timeout(180)
class AdmissionIT {
  private static final String LIVE = "{\"live\":true}";
  private static final String SENTENCE =
      "This machine has no room for another class's program: the node and its program use"
          + " \\d+\\.\\d\\d of 0\\.01 processors, and one more takes about \\d+\\.\\d\\d\\. End a"
          + " class, or use another node\\.";

  private final AmphiNode node;
  private final RestClient client;
  private final String ada;
  private final String ben;

  AdmissionIT(@TempDir Path folder) throws Exception {
    node = TestNodes.start(folder, Map.of(ConfigKey.COMPOSER_CPU_BUDGET, "0.01"));
    client = new RestClient(node.localOrigin());
    ada = TestNodes.token(node, "maths", "instructor", "Ada");
    ben = TestNodes.token(node, "physics", "instructor", "Ben");
    client.json("POST", "/api/rooms", ada, "{}");
    client.json("POST", "/api/rooms", ben, "{}");
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private HttpResponse<String> live(String room, String token) throws Exception {
    return client.send("PUT", "/api/rooms/" + room + "/live", token, LIVE);
  }

  @Test
  void aClassThatDoesNotFitIsRefusedInWordsWhicheverWayItAsks() throws Exception {
    assertThat(live("physics", ben).statusCode()).as("one fits always").isEqualTo(200);

    HttpResponse<String> refused = live("maths", ada);
    JsonObject problem = new JsonObject(refused.body());
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(problem.getString("code")).isEqualTo("unavailable");
    assertThat(problem.getString("detail")).matches(SENTENCE);

    Ear ear = new Ear();
    WebSocket socket = Ear.enter(node, "maths", ada, ear);
    ear.next("welcome");
    Ear.say(socket, 2, new JsonObject().put("type", "live").put("live", true));
    JsonObject error = ear.next("error");
    assertThat(error.getInteger("re")).isEqualTo(2);
    assertThat(error.getInteger("status")).isEqualTo(503);
    assertThat(error.getString("code")).isEqualTo("unavailable");
    assertThat(error.getString("detail")).matches(SENTENCE);

    JsonObject maths = client.json("GET", "/api/rooms/maths", ada, "");
    assertThat(maths.getString("state")).as("it waits in the house").isEqualTo("lobby");
    assertThat(client.json("GET", "/api/rooms/physics", ben, "").getBoolean("live")).isTrue();

    assertThat(client.send("DELETE", "/api/rooms/physics", ben, "").statusCode()).isEqualTo(200);
    await().atMost(Duration.ofSeconds(60)).until(() -> live("maths", ada).statusCode() == 200);
    socket.abort();
  }
}
