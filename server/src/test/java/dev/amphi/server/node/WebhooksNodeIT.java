package dev.amphi.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.amphi.server.config.ConfigKey;
import dev.amphi.server.config.ConfigSources;
import dev.amphi.server.web.RestClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node tells another program what happens. */
class WebhooksNodeIT {
  private static final String RECORDINGS = "/api/rooms/maths/recordings/";

  private final List<JsonObject> heard = new CopyOnWriteArrayList<>();

  private List<String> types() {
    return heard.stream().map(message -> message.getString("type")).toList();
  }

  private static AmphiNode start(Path folder, int port) throws Exception {
    return AmphiNode.start(
        new ConfigSources(
                Map.of(
                    ConfigKey.HTTP_PORT, "0",
                    ConfigKey.MEDIA_PORT, "0",
                    ConfigKey.DATA_DIR, folder.toString()),
                Map.of(
                    "AMPHI_WEBHOOKS_SCHOOL_URL",
                    "http://127.0.0.1:" + port + "/hook?key=hidden",
                    "AMPHI_WEBHOOKS_SCHOOL_SECRET",
                    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
                Optional.empty())
            .read());
  }

  @Test
  void aClassAndItsRecordingAreToldAndTheNextRunTellsNothingTwice(@TempDir Path folder)
      throws Exception {
    HttpServer school =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    school.createContext(
        "/hook",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          heard.add(new JsonObject(new String(body, StandardCharsets.UTF_8)));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    school.start();
    String id;
    try (AmphiNode node = start(folder, school.getAddress().getPort())) {
      RestClient client = new RestClient(node.localOrigin());
      client.json("POST", "/api/rooms", "", "{\"id\":\"optics\",\"title\":\"Optics\"}");
      id = RecordingCareIT.record(node.parts().packager());
      String root = TestNodes.token(node, "", "admin", "Root");
      await().until(() -> types().contains("recording.ready"));
      assertThat(types())
          .containsExactlyInAnyOrder(
              "class.scheduled", "class.lobby", "recording.started", "recording.ready");
      JsonObject ready =
          heard.stream()
              .filter(message -> message.getString("type").equals("recording.ready"))
              .findFirst()
              .orElseThrow()
              .getJsonObject("data");
      assertThat(ready.getString("room")).isEqualTo("maths");
      assertThat(ready.getJsonObject("recording").getString("id")).isEqualTo(id);
      assertThat(ready.getJsonObject("recording").getString("url")).endsWith(id + ".mp4");

      JsonObject status =
          new JsonArray(client.send("GET", "/api/webhooks", root, "").body()).getJsonObject(0);
      assertThat(status.getString("url")).endsWith("/…").doesNotContain("hook");
      assertThat(status.getBoolean("enabled")).isTrue();
      assertThat(status.encode()).doesNotContain("hidden", "whsec");
      String ada = TestNodes.token(node, "optics", "instructor", "Ada");
      assertThat(client.send("GET", "/api/webhooks", ada, "").statusCode()).isEqualTo(403);
      assertThat(client.send("PUT", "/api/webhooks/none", root, "{\"enabled\":true}").statusCode())
          .isEqualTo(404);
      assertThat(client.send("GET", "/metrics", "", "").body())
          .contains("amphi_webhook_messages_total{endpoint=\"school\",outcome=\"delivered\"}");
    }
    heard.clear();
    try (AmphiNode node = start(folder, school.getAddress().getPort())) {
      RestClient client = new RestClient(node.localOrigin());
      String root = TestNodes.token(node, "", "admin", "Root");
      await()
          .until(
              () -> node.parts().packager().recordings("maths").getFirst().state().equals("ready"));
      assertThat(client.send("DELETE", RECORDINGS + id, root, "").statusCode()).isEqualTo(204);
      assertThat(client.send("DELETE", "/api/rooms/optics", root, "").statusCode()).isEqualTo(200);
      await().until(() -> heard.size() == 2);
      assertThat(types()).containsExactlyInAnyOrder("recording.erased", "class.cancelled");
    } finally {
      school.stop(0);
    }
  }
}
