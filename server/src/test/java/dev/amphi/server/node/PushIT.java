package dev.amphi.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A program from WHIP through the composer's process to FFmpeg's own program as the platform. */
@Timeout(300)
class PushIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String KEY = "s3cret-KEY-of-ada";

  @Test
  void whatArrivesOverRtmpAreTheVeryBytesOfTheBroadcast(@TempDir Path folder) throws Exception {
    int port = PushedClass.freePort();
    String url = "rtmp://127.0.0.1:" + port + "/live/" + KEY;
    Path received = folder.resolve("received.flv");
    try (PushedClass room = new PushedClass(folder.resolve("data"), Map.of())) {
      Process platform =
          PushedClass.ffmpeg(
              "-listen", "1", "-i", url, "-c", "copy", "-f", "flv", received.toString());
      JsonObject push =
          room.push(
              new JsonObject().put("url", url).put("name", "FFmpeg").put("rendition", "360p"));
      String id = push.getString("id");
      assertThat(push.getString("state")).isEqualTo("stopped");
      assertThat(push.getString("url")).isEqualTo("rtmp://127.0.0.1:" + port + "/live/***");

      room.live();
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  room.pushed(id).getString("state").equals("live")
                      && room.pushed(id).getLong("bytes") > 200_000);
      assertThat(room.pushed(id).encode()).doesNotContain(KEY);
      assertThat(room.rest("DELETE", "/pushes/" + id, "").statusCode()).isEqualTo(204);
      assertThat(platform.waitFor(60, TimeUnit.SECONDS)).isTrue();
      String said = new String(platform.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(platform.exitValue()).as(said).isZero();

      ReceivedMedia media = new ReceivedMedia(received);
      media.requireSound();
      for (String stream : List.of("v", "a")) {
        ReceivedMedia audience = new ReceivedMedia(folder.resolve(stream + ".mp4"));
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () -> {
                  room.broadcast(stream.equals("v") ? "360p" : "audio", audience.file());
                  assertThat(media.requirePartOf(audience, stream)).isGreaterThan(60);
                });
      }
    }
  }

  @Test
  void whatArrivesOverSrtAreTheSamePicturesEncryptedOnTheWay(@TempDir Path folder)
      throws Exception {
    int port = PushedClass.freePort();
    Path received = folder.resolve("received.ts");
    String secret = "ada's pass phrase";
    try (PushedClass room = new PushedClass(folder.resolve("data"), Map.of())) {
      room.live();
      String options = "?streamid=s3cret-stream&latency=200&passphrase=ada's%20pass%20phrase";
      String id =
          room.push(
                  new JsonObject()
                      .put("url", "srt://127.0.0.1:" + port + options)
                      .put("rendition", "360p"))
              .getString("id");
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  room.pushed(id)
                      .getString("detail", "")
                      .contains("Nobody takes the SRT call at 127.0.0.1:" + port));
      Process platform =
          PushedClass.ffmpeg(
              "-mode",
              "listener",
              "-passphrase",
              secret,
              "-i",
              "srt://127.0.0.1:" + port,
              "-c",
              "copy",
              "-f",
              "mpegts",
              received.toString());
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  room.pushed(id).getString("state").equals("live")
                      && room.pushed(id).getLong("bytes") > 200_000);
      assertThat(room.pushed(id).encode()).doesNotContain("s3cret").doesNotContain("phrase");
      for (ProcessHandle child : ProcessHandle.current().children().toList()) {
        assertThat(child.info().commandLine().orElse(""))
            .doesNotContain("s3cret-stream")
            .doesNotContain("phrase&");
      }
      assertThat(room.rest("DELETE", "/pushes/" + id, "").statusCode()).isEqualTo(204);
      assertThat(platform.waitFor(60, TimeUnit.SECONDS)).isTrue();

      ReceivedMedia media = new ReceivedMedia(received);
      media.requireSound();
      ReceivedMedia audience = new ReceivedMedia(folder.resolve("audience.mp4"));
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                room.broadcast("360p", audience.file());
                assertThat(media.requireUnitsOf(audience)).isGreaterThan(60);
              });
    }
  }
}
