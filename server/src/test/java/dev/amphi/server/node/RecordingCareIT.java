package dev.amphi.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.amphi.packager.api.Broadcast;
import dev.amphi.packager.api.Packager;
import dev.amphi.packager.api.RecordingView;
import dev.amphi.server.config.ConfigKey;
import dev.amphi.server.web.RestClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node with a master key: what can be done with a recording over REST, and by whom. */
class RecordingCareIT {
  /** As far as their ends say, one. */
  private static final byte[] JPEG = HexFormat.of().parseHex("ffd8" + "5a".repeat(40) + "ffd9");

  private static final String ROOM = "/api/rooms/maths/recordings";

  @Test
  void anEncryptedRecordingIsReadByRangeVerifiedHeldAndErased(@TempDir Path folder)
      throws Exception {
    Path keys = Files.writeString(folder.resolve("keys"), "5a".repeat(32) + "\n");
    try (AmphiNode node =
        TestNodes.start(
            folder.resolve("data"),
            Map.of(
                ConfigKey.RECORDING_MASTER_KEY_FILE,
                keys.toString(),
                ConfigKey.RECORDING_RETENTION,
                "365d"))) {
      RestClient client = new RestClient(node.localOrigin());
      String ada = TestNodes.token(node, "maths", "instructor", "Ada");
      String mod = TestNodes.token(node, "maths", "moderator", "Mod");
      String ben = TestNodes.token(node, "maths", "student", "Ben");
      String root = TestNodes.token(node, "", "admin", "Root");
      String id = record(node.parts().packager());

      JsonObject told = new JsonArray(client.send("GET", ROOM, ben, "").body()).getJsonObject(0);
      assertThat(told.getString("state")).isEqualTo("ready");
      assertThat(told.getBoolean("encrypted")).isTrue();
      assertThat(told.getBoolean("held")).isFalse();
      assertThat(Instant.parse(told.getString("expires_at")))
          .isAfter(Instant.parse(told.getString("started_at")).plusSeconds(364 * 86_400L));
      assertThat(client.json("GET", ROOM + "/" + id, ben, "")).isEqualTo(told);

      byte[] whole = media(node, id, ben, "");
      assertThat(new String(whole, 4, 4, StandardCharsets.US_ASCII)).isEqualTo("ftyp");
      int half = whole.length / 2;
      assertThat(media(node, id, ben, "bytes=" + half + "-" + (half + 99)))
          .isEqualTo(Arrays.copyOfRange(whole, half, half + 100));
      assertThat(media(node, id, ben, "bytes=-7"))
          .isEqualTo(Arrays.copyOfRange(whole, whole.length - 7, whole.length));

      String vtt = client.json("GET", ROOM + "/" + id, ben, "").getString("captions");
      HttpResponse<String> captions = client.send("GET", vtt, ben, "");
      assertThat(captions.headers().firstValue("Content-Type")).hasValue("text/vtt; charset=utf-8");
      assertThat(captions.body()).startsWith("WEBVTT").contains("What was said");
      assertThat(client.send("GET", vtt, "", "").statusCode()).isEqualTo(401);
      assertThat(client.send("GET", vtt + "?token=" + ben, "", "").statusCode()).isEqualTo(200);
      assertThat(client.send("GET", ROOM + "?token=" + ben, "", "").statusCode()).isEqualTo(401);
      assertThat(client.send("GET", vtt.replace(".vtt", ".srt"), ben, "").statusCode())
          .isEqualTo(404);

      JsonObject pictured = client.json("GET", ROOM + "/" + id, ben, "");
      HttpResponse<String> track = client.send("GET", pictured.getString("thumbnails"), ben, "");
      assertThat(track.headers().firstValue("Content-Type")).hasValue("text/vtt; charset=utf-8");
      assertThat(track.body()).contains("\n" + id + ".thumbnails.0-44.jpg#xywh=0,0,256,144\n");
      for (String jpg : List.of(".thumbnails.0-44.jpg", ".jpg")) {
        String address = ROOM + "/" + id + jpg;
        assertThat(client.send("GET", address, "", "").statusCode()).isEqualTo(401);
        HttpResponse<String> one = client.send("GET", address + "?token=" + ben, "", "");
        assertThat(one.statusCode()).isEqualTo(200);
        assertThat(one.headers().firstValue("Content-Type")).hasValue("image/jpeg");
        assertThat(one.body()).contains("Z".repeat(40));
      }
      for (String none : List.of(".thumbnails.1-43.jpg", ".thumbnails.9-44.jpg", ".x.jpg")) {
        assertThat(client.send("GET", ROOM + "/" + id + none, ben, "").statusCode()).isEqualTo(404);
      }

      String trim = ROOM + "/" + id + "/trim";
      String part = "{\"from_s\":1.7,\"to_s\":3}";
      assertThat(client.send("PUT", trim, ben, part).statusCode()).isEqualTo(403);
      HttpResponse<String> wrong = client.send("PUT", trim, mod, "{\"from_s\":\"1\",\"to_s\":3}");
      assertThat(wrong.statusCode()).isEqualTo(422);
      assertThat(wrong.body()).contains("'from_s' is '1', but it must be a number.");
      HttpResponse<String> beyond = client.send("PUT", trim, mod, "{\"from_s\":1,\"to_s\":9}");
      assertThat(beyond.statusCode()).isEqualTo(422);
      assertThat(beyond.body()).contains("'to_s' is 9.000");
      JsonObject cut = client.json("PUT", trim, mod, part).getJsonObject("trim");
      assertThat(cut.getDouble("from_s")).isEqualTo(1.6);
      assertThat(client.send("GET", cut.getString("thumbnails"), ben, "").body())
          .startsWith("WEBVTT")
          .contains("00:00:00.000 --> ");
      HttpResponse<String> trimmed = client.send("GET", cut.getString("url"), ben, "");
      assertThat(trimmed.statusCode()).isEqualTo(200);
      assertThat(trimmed.headers().firstValue("Content-Type")).hasValue("video/mp4");

      assertThat(client.send("GET", ROOM + "/" + id + "/integrity", ben, "").statusCode())
          .isEqualTo(403);
      JsonObject integrity = client.json("GET", ROOM + "/" + id + "/integrity", mod, "");
      assertThat(integrity.getString("state")).isEqualTo("whole");
      assertThat(integrity.getString("seal")).hasSize(64);

      assertThat(client.send("DELETE", ROOM + "/" + id, mod, "").statusCode()).isEqualTo(403);
      String hold = ROOM + "/" + id + "/hold";
      assertThat(client.send("PUT", hold, ada, "{\"hold\":true}").statusCode()).isEqualTo(403);
      assertThat(client.json("PUT", hold, root, "{\"hold\":true}").getBoolean("held")).isTrue();
      HttpResponse<String> held = client.send("DELETE", ROOM + "/" + id, ada, "");
      assertThat(held.statusCode()).isEqualTo(409);
      assertThat(new JsonObject(held.body()).getString("code")).isEqualTo("on_hold");
      client.json("PUT", hold, root, "{\"hold\":false}");
      assertThat(client.send("DELETE", ROOM + "/" + id, ada, "").statusCode()).isEqualTo(204);
      assertThat(client.send("GET", ROOM, ben, "").body()).isEqualTo("[]");
      assertThat(client.send("DELETE", ROOM + "/" + id, ada, "").statusCode()).isEqualTo(404);
      assertThat(folder.resolve("data/recordings/maths/" + id)).doesNotExist();
    }
    try (var files = Files.list(folder.resolve("data/audit"))) {
      String log = Files.readString(files.findFirst().orElseThrow());
      assertThat(log)
          .contains("\"action\":\"recording erase\"")
          .contains("recording hold on")
          .contains("\"recording trim\"");
    }
  }

  @Test
  void aFileThatHoldsNoKeyStopsTheStartInWords(@TempDir Path folder) throws Exception {
    Path keys = Files.writeString(folder.resolve("keys"), "secret\n");
    assertThatThrownBy(
            () ->
                TestNodes.start(
                    folder.resolve("data"),
                    Map.of(ConfigKey.RECORDING_MASTER_KEY_FILE, keys.toString())))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("recording.master_key_file")
        .hasMessageContaining("64 hexadecimal digits");
  }

  @Test
  void aBucketThatIsAwayKeepsNothingFromBeingReadyAndIsTold(@TempDir Path folder) throws Exception {
    Path keys =
        Files.writeString(
            folder.resolve("keys"),
            "[default]\naws_access_key_id = k3y\naws_secret_access_key = s3cr3t\n");
    int nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = socket.getLocalPort();
    }
    try (AmphiNode node =
        TestNodes.start(
            folder.resolve("data"),
            Map.of(
                ConfigKey.RECORDING_S3_BUCKET,
                "school",
                ConfigKey.RECORDING_S3_ENDPOINT,
                "http://127.0.0.1:" + nobody,
                ConfigKey.RECORDING_S3_CREDENTIALS_FILE,
                keys.toString(),
                ConfigKey.RECORDING_LOCAL_COPY,
                "drop"))) {
      RestClient client = new RestClient(node.localOrigin());
      String ben = TestNodes.token(node, "maths", "student", "Ben");
      String id = record(node.parts().packager());
      await()
          .until(
              () ->
                  client.json("GET", ROOM + "/" + id, ben, "").getString("stored_detail") != null);
      JsonObject told = client.json("GET", ROOM + "/" + id, ben, "");
      assertThat(told.getString("state")).isEqualTo("ready");
      assertThat(told.getString("stored")).isEqualTo("uploading");
      assertThat(told.getString("stored_detail"))
          .contains("127.0.0.1:" + nobody)
          .contains("cannot be reached")
          .doesNotContain("s3cr3t")
          .doesNotContain("k3y");
      assertThat(media(node, id, ben, "bytes=0-3")).hasSize(4);
      String metrics = client.send("GET", "/metrics", "", "").body();
      assertThat(metrics).containsPattern("amphi_recording_store_failures_total [1-9]");
      assertThat(metrics).contains("amphi_recording_store_last_success_seconds 0.0");
    }
  }

  /** Two segments of pictures that nobody has to decode. */
  static String record(Packager packager) throws Exception {
    ByteBuffer coding =
        ByteBuffer.wrap(HexFormat.of().parseHex("0164001fffe100046764001f01000268ee"));
    try (Broadcast broadcast = packager.open("maths", 1)) {
      broadcast.format("720p", true, 1280, 720, 2_500_000, coding, 90_000, Instant.now());
      broadcast.recording(true).toCompletableFuture().get(20, TimeUnit.SECONDS);
      Instant now = Instant.now();
      broadcast.caption(now, now.plusSeconds(2), "What was said");
      for (int n = 0; n < 96; n++) {
        byte[] picture = new byte[4_000];
        Arrays.fill(picture, (byte) n);
        broadcast.sample("720p", ByteBuffer.wrap(picture), n * 3_000L, 3_000, n % 48 == 0);
        if (n == 30) {
          broadcast.thumbnail(now.plusSeconds(1), 256, 144, ByteBuffer.wrap(JPEG));
        }
      }
    }
    await().until(() -> packager.recordings("maths").getFirst().state().matches("ready|failed"));
    RecordingView view = packager.recordings("maths").getFirst();
    assertThat(view.state()).as(view.detail()).isEqualTo("ready");
    return view.id();
  }

  private static byte[] media(AmphiNode node, String id, String token, String range)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(node.localOrigin() + ROOM + "/" + id + ".mp4"))
            .header("Authorization", "Bearer " + token);
    if (!range.isEmpty()) {
      request.header("Range", range);
    }
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<byte[]> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      assertThat(answer.statusCode()).isEqualTo(range.isEmpty() ? 200 : 206);
      return answer.body();
    }
  }
}
