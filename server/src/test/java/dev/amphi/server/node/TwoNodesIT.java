package dev.amphi.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.amphi.server.web.RestClient;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoNodesIT {
  private final AmphiNode first;
  private final AmphiNode second;
  private final RestClient viaFirst;
  private final RestClient viaSecond;

  TwoNodesIT(@TempDir Path folder) throws Exception {
    List<AmphiNode> nodes = TestNodes.startTwo(folder);
    first = nodes.get(0);
    second = nodes.get(1);
    viaFirst = new RestClient(first.localOrigin());
    viaSecond = new RestClient(second.localOrigin());
  }

  @AfterAll
  void stop() {
    second.close();
    first.close();
  }

  @Test
  void aRoomOfOneNodeIsSeenAndSteeredThroughTheOther() throws Exception {
    String token = TestNodes.token(first, "shared", "instructor", "Ada");
    viaFirst.json("POST", "/api/rooms", token, "{\"title\":\"Shared\"}");

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(viaSecond.json("GET", "/api/rooms/shared", "", "").getString("title"))
                    .isEqualTo("Shared"));
    JsonObject tuned =
        viaSecond.json("PUT", "/api/rooms/shared/layout", token, "{\"layout\":\"grid\"}");

    assertThat(tuned.getString("layout")).isEqualTo("grid");
    assertThat(viaFirst.send("GET", "/api/rooms/shared", "", "").body()).contains("\"grid\"");
    assertThat(first.rooms().find("shared")).isPresent();
    assertThat(second.rooms().find("shared")).isEmpty();
  }

  @Test
  void anIdIsTakenOnceInTheWholeCluster() throws Exception {
    viaFirst.json("POST", "/api/rooms", TestNodes.token(first, "once", "instructor", "Ada"), "{}");

    assertThat(
            viaSecond
                .send(
                    "POST",
                    "/api/rooms",
                    TestNodes.token(second, "once", "instructor", "Ada"),
                    "{}")
                .statusCode())
        .isEqualTo(409);
  }

  @Test
  void aRoomThatWasGivenUpIsMadeByTheOtherNodeWithAHigherEpoch() throws Exception {
    String token = TestNodes.token(first, "moving", "instructor", "Ada");
    long epoch = viaFirst.json("POST", "/api/rooms", token, "{}").getLong("epoch");
    assertThat(viaFirst.send("DELETE", "/api/rooms/moving", token, "").statusCode()).isEqualTo(200);
    String second = TestNodes.token(this.second, "moving", "instructor", "Ada");

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              JsonObject made = viaSecond.json("POST", "/api/rooms", second, "{}");
              assertThat(made.getLong("epoch", 0L)).as("%s", made).isGreaterThan(epoch);
            });
  }

  @Test
  void aViewerWatchesTheProgramThroughEitherNode() throws Exception {
    String token = TestNodes.token(first, "watched", "instructor", "Ada");
    viaFirst.json("POST", "/api/rooms", token, "{}");
    assertThat(
            viaFirst
                .json("PUT", "/api/rooms/watched/live", token, "{\"live\":true}")
                .getBoolean("live"))
        .isTrue();
    // Another node asks about the room before it was known there: the answer is not kept long.
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(media(viaSecond)).contains("#EXTINF"));

    String folder = mediaPath(viaSecond).replace("index.m3u8", "");
    HttpResponse<byte[]> near = viaFirst.bytes(folder + "0.m4s");
    HttpResponse<byte[]> far = viaSecond.bytes(folder + "0.m4s");
    HttpResponse<String> later =
        viaSecond.send("GET", folder + "index.m3u8?_HLS_msn=2&_HLS_part=0", "", "");
    JsonObject ended = viaSecond.json("POST", "/api/rooms/watched/end", token, "");

    assertThat(near.body()).hasSizeGreaterThan(1_000);
    assertThat(far.body()).isEqualTo(near.body());
    assertThat(far.headers().firstValue("Content-Type"))
        .isEqualTo(near.headers().firstValue("Content-Type"));
    assertThat(later.body()).contains("2.0.m4s");
    assertThat(ended.getString("state")).isEqualTo("published");
    assertThat(media(viaSecond)).endsWith("#EXT-X-ENDLIST\n");
  }

  private static String media(RestClient client) throws Exception {
    String path = mediaPath(client);
    return path.isEmpty() ? "" : client.send("GET", path, "", "").body();
  }

  private static String mediaPath(RestClient client) throws Exception {
    HttpResponse<String> index = client.send("GET", "/hls/watched/index.m3u8", "", "");
    return index.statusCode() != 200
        ? ""
        : index
            .body()
            .lines()
            .filter(line -> !line.startsWith("#"))
            .findFirst()
            .map(line -> "/hls/watched/" + line)
            .orElse("");
  }
}
