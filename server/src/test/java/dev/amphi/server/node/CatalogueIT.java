package dev.amphi.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.amphi.server.web.RestClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The recordings of all rooms over REST, and what is written on one. */
class CatalogueIT {
  private static final String ROOM = "/api/rooms/maths/recordings";

  private final Path folder;

  CatalogueIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void whoRunsAllRoomsSeesAllRecordings() throws Exception {
    try (AmphiNode node = TestNodes.start(folder)) {
      RestClient client = new RestClient(node.localOrigin());
      String id = RecordingCareIT.record(node.parts().packager());
      String root = TestNodes.token(node, "", "admin", "Root");

      JsonObject all = client.json("GET", "/api/recordings", root, "");
      assertThat(all.getValue("next")).isNull();
      JsonObject one = all.getJsonArray("recordings").getJsonObject(0);
      assertThat(one.getString("room")).isEqualTo("maths");
      assertThat(one.getString("id")).isEqualTo(id);
      assertThat(one.getInteger("chapters_count")).isZero();
      assertThat(one.getString("captions")).endsWith(".vtt");
      assertThat(one.getBoolean("published")).isTrue();
      HttpResponse<String> movie = client.send("GET", one.getString("url"), root, "");
      assertThat(movie.headers().firstValueAsLong("Content-Length").orElse(0))
          .isEqualTo(one.getLong("size_bytes"));
      JsonObject none = client.json("GET", "/api/recordings?room=physics&limit=1", root, "");
      assertThat(none.getJsonArray("recordings")).isEmpty();

      String ada = TestNodes.token(node, "maths", "instructor", "Ada");
      assertThat(client.send("GET", "/api/recordings", ada, "").statusCode()).isEqualTo(403);
      assertThat(client.send("GET", "/api/recordings", "", "").statusCode()).isEqualTo(401);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=201",
        "limit=many",
        "state=lost",
        "from=yesterday",
        "cursor=x",
        "order=up"
      })
  void aWrongQuestionIsAnsweredInWords(String query) throws Exception {
    try (AmphiNode node = TestNodes.start(folder)) {
      String root = TestNodes.token(node, "", "admin", "Root");
      HttpResponse<String> answer =
          new RestClient(node.localOrigin()).send("GET", "/api/recordings?" + query, root, "");
      assertThat(answer.statusCode()).isEqualTo(422);
      assertThat(answer.body()).contains(query.substring(0, query.indexOf('=')));
    }
  }

  @Test
  void whatIsNotPublishedIsThereForThoseWhoModerateOnlyAlsoAfterARestart() throws Exception {
    String id;
    try (AmphiNode node = TestNodes.start(folder)) {
      RestClient client = new RestClient(node.localOrigin());
      id = RecordingCareIT.record(node.parts().packager());
      String ada = TestNodes.token(node, "maths", "instructor", "Ada");
      String mod = TestNodes.token(node, "maths", "moderator", "Mod");
      String at = ROOM + "/" + id;
      assertThat(client.send("PATCH", at, mod, "{\"published\":false}").statusCode())
          .isEqualTo(403);
      for (String wrong :
          List.of(
              "{}",
              "{\"published\":\"no\"}",
              "{\"title\":\"" + "x".repeat(121) + "\"}",
              "{\"title\":\"two\\nlines\"}",
              "{\"state\":\"ready\"}")) {
        assertThat(client.send("PATCH", at, ada, wrong).statusCode()).as(wrong).isEqualTo(422);
      }
      assertThat(client.send("PATCH", ROOM + "/none", ada, "{\"title\":\"x\"}").statusCode())
          .isEqualTo(404);
      JsonObject now =
          client.json("PATCH", at, ada, "{\"title\":\" Größen \",\"published\":false}");
      assertThat(now.getString("title")).isEqualTo("Größen");
      assertThat(now.getBoolean("published")).isFalse();
    }
    try (AmphiNode node = TestNodes.start(folder)) {
      RestClient client = new RestClient(node.localOrigin());
      await()
          .until(
              () -> node.parts().packager().recordings("maths").getFirst().state().equals("ready"));
      String ben = TestNodes.token(node, "maths", "viewer", "Ben");
      String mod = TestNodes.token(node, "maths", "moderator", "Mod");
      String ada = TestNodes.token(node, "maths", "instructor", "Ada");
      String at = ROOM + "/" + id;
      assertThat(new JsonArray(client.send("GET", ROOM, ben, "").body())).isEmpty();
      for (String file : List.of("", ".mp4", ".vtt")) {
        assertThat(client.send("GET", at + file, ben, "").statusCode()).as(file).isEqualTo(404);
        assertThat(client.send("GET", at + file, mod, "").statusCode()).as(file).isEqualTo(200);
      }
      String root = TestNodes.token(node, "", "admin", "Root");
      JsonObject found = client.json("GET", "/api/recordings?q=physics", root, "");
      assertThat(found.getJsonArray("recordings")).isEmpty();
      found = client.json("GET", "/api/recordings?q=grossen", root, "");
      assertThat(found.getJsonArray("recordings")).hasSize(1);
      found = client.json("GET", "/api/recordings?q=GR%C3%96SSEN", root, "");
      assertThat(found.getJsonArray("recordings")).hasSize(1);

      JsonObject back = client.json("PATCH", at, ada, "{\"published\":true}");
      assertThat(back.getString("title")).isEqualTo("Größen");
      assertThat(client.send("GET", at + ".mp4", ben, "").statusCode()).isEqualTo(200);
    }
    try (var files = Files.list(folder.resolve("audit"))) {
      String log = Files.readString(files.findFirst().orElseThrow());
      assertThat(log).contains("recording unpublish").contains("recording publish");
    }
  }
}
