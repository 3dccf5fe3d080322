package dev.amphi.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.amphi.server.config.ConfigKey;
import dev.amphi.server.web.RestClient;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a node refuses at its doors, and what its audit log says of that. */
@Timeout(120)
class RefusalsIT {
  private final Path folder;
  private final AmphiNode node;
  private final RestClient client;
  private final String ada;

  RefusalsIT(@TempDir Path folder) throws Exception {
    this.folder = folder;
    node = TestNodes.start(folder, Map.of(ConfigKey.MEDIA_OFFERS, "2"));
    client = new RestClient(node.localOrigin());
    ada = TestNodes.token(node, "maths", "instructor", "Ada");
    client.json("POST", "/api/rooms", ada, "{}");
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private List<JsonObject> audited() throws IOException {
    List<JsonObject> lines = new ArrayList<>();
    Path audit = folder.resolve("audit");
    if (!Files.exists(audit)) {
      return lines;
    }
    try (Stream<Path> files = Files.list(audit)) {
      for (Path file : files.toList()) {
        String text = Files.readString(file);
        text.substring(0, text.lastIndexOf('\n') + 1)
            .lines()
            .forEach(line -> lines.add(new JsonObject(line)));
      }
    }
    return lines;
  }

  private JsonObject awaitLine(String action, String result) {
    List<JsonObject> found = new ArrayList<>();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              audited().stream()
                  .filter(line -> action.equals(line.getString("action")))
                  .filter(line -> result.equals(line.getString("result")))
                  .forEach(found::add);
              return !found.isEmpty();
            });
    return found.getFirst();
  }

  @Test
  void whoIsRefusedOverWhipAndWhepIsInTheAuditLog() throws Exception {
    assertThat(client.send("POST", "/whip/maths", "nonsense", "").statusCode()).isEqualTo(401);
    assertThat(client.send("POST", "/whep/maths/eve", "", "").statusCode()).isEqualTo(401);
    // The third from this address within ten seconds.
    assertThat(client.send("POST", "/whip/maths", ada, "").statusCode()).isEqualTo(429);

    JsonObject foreign = awaitLine("whip post", "unauthorized");
    assertThat(foreign.getString("room")).isEqualTo("maths");
    assertThat(foreign.getString("actor")).isEmpty();
    assertThat(awaitLine("whep post", "unauthorized").getString("target")).isEqualTo("eve");
    assertThat(awaitLine("whip post", "too_many").getString("room")).isEqualTo("maths");
    assertThat(audited()).noneMatch(line -> line.encode().contains("nonsense"));
  }

  @Test
  void whoHasATokenIsNamedInTheAuditLog() throws Exception {
    assertThat(client.send("PUT", "/api/rooms/maths/lock", ada, "{\"locked\":true}").statusCode())
        .isEqualTo(200);
    String bob = TestNodes.token(node, "maths", "student", "Bob");
    String sdp = SDP;
    assertThat(client.send("POST", "/whip/maths", bob, "application/sdp", sdp).statusCode())
        .isEqualTo(403);

    JsonObject line = awaitLine("whip post", "not_allowed");
    assertThat(line.getString("actor")).isEqualTo("bob");
    assertThat(line.getString("role")).isEqualTo("student");
  }

  @Test
  void whatTheClassRefusesIsInTheAuditLogAsRefusedWhicheverWayItWasAsked() throws Exception {
    Ear ear = new Ear();
    WebSocket socket = Ear.enter(node, "maths", ada, ear);
    ear.next("welcome");
    Ear.say(socket, 2, new JsonObject().put("type", "layout").put("layout", "oval"));
    assertThat(ear.next("error").getString("code")).isEqualTo("malformed");
    Ear.say(socket, 3, new JsonObject().put("type", "layout").put("layout", "grid"));
    ear.next("ok");
    rest("PUT", "layout", "{\"layout\":\"oval\"}", 422);
    rest("PUT", "recording", "{\"recording\":true}", 200);
    Ear.say(socket, 4, new JsonObject().put("type", "end"));
    assertThat(ear.closed.get(20, TimeUnit.SECONDS)).isPositive();
    rest("PUT", "live", "{\"live\":true}", 409);
    rest("PUT", "recording", "{\"recording\":false}", 409);
    rest("PUT", "layout", "{\"layout\":\"grid\"}", 409);
    rest("POST", "end", "", 200);

    await().atMost(Duration.ofSeconds(20)).until(() -> audited().size() >= 10);
    assertThat(audited())
        .extracting(line -> line.getString("action") + " " + line.getString("result"))
        .containsExactly(
            "make ok",
            "layout malformed",
            "layout ok",
            "layout malformed",
            "recording on ok",
            "end ok",
            "live on bad_state",
            "recording off bad_state",
            "layout bad_state",
            "end ok");
  }

  private void rest(String method, String what, String body, int status) throws Exception {
    assertThat(client.send(method, "/api/rooms/maths/" + what, ada, body).statusCode())
        .isEqualTo(status);
  }

  @Test
  void whoTriesTokensWithoutEndIsHeldBackAndNobodyWithAGoodOneBehindTheSameAddressIs()
      throws Exception {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(
            () ->
                client.send("GET", "/api/rooms/maths/participants", "nonsense", "").statusCode()
                        == 429
                    && audited().stream()
                        .anyMatch(line -> "too_many".equals(line.getString("result"))));
    assertThat(client.send("PUT", "/api/rooms/maths/lock", ada, "{\"locked\":true}").statusCode())
        .isEqualTo(200);
  }

  @Test
  void anAddressOpensSoManySocketsAndNoMore() throws Exception {
    for (int i = 0; i < 8; i++) {
      assertThat(client.send("GET", "/ws?room=maths", "", "").statusCode()).isEqualTo(426);
    }
    assertThat(client.send("GET", "/ws?room=maths", "", "").statusCode()).isEqualTo(429);
  }

  /** Sends one sound, as GStreamer would offer it. */
  static final String SDP =
      String.join(
          "\r\n",
          "v=0",
          "o=- 1 1 IN IP4 127.0.0.1",
          "s=-",
          "t=0 0",
          "a=group:BUNDLE 0",
          "m=audio 9 UDP/TLS/RTP/SAVPF 111",
          "c=IN IP4 0.0.0.0",
          "a=mid:0",
          "a=sendonly",
          "a=rtcp-mux",
          "a=ice-ufrag:abcd",
          "a=ice-pwd:abcdefghijklmnopqrstuvwx",
          "a=setup:actpass",
          "a=fingerprint:sha-256 " + "AB:".repeat(31) + "AB",
          "a=rtpmap:111 opus/48000/2",
          "");
}
