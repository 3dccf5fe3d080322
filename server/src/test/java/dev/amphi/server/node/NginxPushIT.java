package dev.amphi.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.amphi.composer.process.ComposerMain;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A program pushed to nginx-rtmp through the deaths of nginx, of the composer and of the node. */
@Tag("long")
@Timeout(400)
class NginxPushIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String KEY = "s3cret-KEY-of-ada";
  private static final long ENOUGH_BYTES = 150_000;

  @Test
  void aStreamComesBackAfterEveryDeath(@TempDir Path folder) throws Exception {
    Path data = folder.resolve("data");
    try (NginxRtmp nginx = new NginxRtmp(folder.resolve("nginx"), PushedClass.freePort());
        PushedClass room = new PushedClass(data, Map.of())) {
      nginx.start();
      room.live();
      String id = room.push(new JsonObject().put("url", nginx.url(KEY))).getString("id");
      more(room, id);
      assertThat(room.pushed(id).getString("rendition")).isEqualTo("480p");

      nginx.kill();
      await().atMost(PATIENCE).until(() -> state(room, id).equals("retrying"));
      assertThat(room.pushed(id).getString("detail")).contains("127.0.0.1");
      nginx.start();
      more(room, id);
      assertThat(room.pushed(id).getLong("reconnects")).isPositive();

      composers().forEach(ProcessHandle::destroyForcibly);
      more(room, id);
      assertThat(state(room, id)).as("a composer's death breaks no connection").isEqualTo("live");
      assertThat(nginx.recorded()).hasSize(2);

      room.restart();
      assertThat(room.pushed(id).getString("url")).endsWith("/live/***");
      more(room, id);
      assertThat(room.rest("DELETE", "/pushes/" + id, "").statusCode()).isEqualTo(204);
      nginx.kill();

      assertThat(nginx.recorded()).hasSize(3);
      ReceivedMedia first = new ReceivedMedia(nginx.recorded().getFirst());
      ReceivedMedia second = new ReceivedMedia(nginx.recorded().get(1));
      second.requireSound();
      new ReceivedMedia(nginx.recorded().get(2)).requireSound();
      first.requireTimes(); // its last picture may be half there
      try (Stream<Path> files = Files.walk(data)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          if (!file.toString().endsWith(".pushes")) {
            assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                .as(file.toString())
                .doesNotContain(KEY);
          }
        }
      }
    }
  }

  /** Waits until a good deal more has gone out than when it was asked. */
  private static void more(PushedClass room, String id) throws Exception {
    long before = room.pushed(id).getLong("bytes");
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                state(room, id).equals("live")
                    && room.pushed(id).getLong("bytes") > before + ENOUGH_BYTES);
  }

  private static String state(PushedClass room, String id) throws Exception {
    return room.pushed(id).getString("state");
  }

  private static Stream<ProcessHandle> composers() {
    return ProcessHandle.current()
        .children()
        .filter(
            child -> child.info().commandLine().orElse("").contains(ComposerMain.class.getName()));
  }
}
