package dev.amphi.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.api.TrackView.Source;
import dev.amphi.interactive.client.MediaPlan;
import dev.amphi.interactive.client.RtcClient;
import dev.amphi.interactive.client.RtcClients;
import dev.amphi.server.config.ConfigKey;
import dev.amphi.server.room.RoomSpec;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a node with a real class exposes, and what {@code docs/metrics.md} says that it does. */
class MetricsIT {
  private static final Pattern EXPOSED = Pattern.compile("(?m)^# TYPE (amphi_\\w+) (\\w+)$");
  private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `(amphi_\\w+)`");

  /** All that a browser may tell, so that everything made of it shows. */
  private static final String DIGEST =
      """
      {"type":"stats","seconds":10,
       "path":{"local":"relay","remote":"host","protocol":"udp","relay_protocol":"tls","rtt_ms":40},
       "tracks":[
        {"direction":"up","kind":"video","fps":30,"limited":"cpu"},
        {"direction":"down","kind":"video","fps":12,"freeze_ms":2500,"buffer_ms":80},
        {"direction":"down","kind":"audio","samples":480000,"concealed":24000,"buffer_ms":60}]}
      """;

  private final Vertx vertx = Vertx.vertx();
  private final RtcClients clients = new RtcClients(vertx, 1);
  private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
  private final HttpClient http = HttpClient.newHttpClient();
  private Path folder;
  private AmphiNode node;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    this.folder = folder;
    node = TestNodes.start(folder, Map.of(ConfigKey.MEDIA_CLIENT_STATS, "true"));
    node.rooms().create(new RoomSpec("maths", "Maths", RoomSpec.OPEN)).join();
  }

  @AfterEach
  void close() {
    pace.shutdownNow();
    clients.close();
    node.close();
    http.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  @Timeout(120)
  void everyMetricIsDocumentedAndEveryDocumentedOneIsThere() throws Exception {
    RtcClient ada =
        join(
            "instructor",
            "ada",
            new MediaPlan(Map.of(Source.MICROPHONE, Codec.OPUS), 0, 0),
            new AtomicInteger());
    AtomicInteger heard = new AtomicInteger();
    RtcClient ben = join("student", "ben", MediaPlan.receiving(1, 0), heard);
    speak(ada);
    await().atMost(Duration.ofSeconds(30)).until(() -> heard.get() > 50);
    ben.command(new JsonObject(DIGEST)).toCompletableFuture().get(10, TimeUnit.SECONDS);
    assertThat(ben.hand(true).toCompletableFuture())
        .as("somebody on stage has no hand to raise")
        .failsWithin(Duration.ofSeconds(10));

    Set<String> documented = new TreeSet<>();
    Matcher names = DOCUMENTED.matcher(Files.readString(Path.of("../docs/metrics.md")));
    while (names.find()) {
      documented.add(names.group(1));
    }
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              assertThat(exposed(scrape())).isEqualTo(documented);
              assertThat(value("amphi_links{path=\"udp\"}")).isEqualTo(2);
            });

    assertThat(value("amphi_call_setup_seconds_count{way=\"udp\"}")).isEqualTo(2);
    assertThat(value("amphi_client_digests_total{result=\"taken\"}")).isEqualTo(1);
    assertThat(value("amphi_client_freeze_ratio_sum")).isEqualTo(0.25);
    assertThat(value("amphi_client_concealment_ratio_sum")).isEqualTo(0.05);
    assertThat(value("amphi_client_paths_total{candidate=\"relay\",protocol=\"tls\"}"))
        .isEqualTo(1);
    assertThat(scrape().replace("amphi_participants", ""))
        .doesNotContain("maths")
        .doesNotContain("\"ada\"")
        .doesNotContain("\"ben\"");
    await().until(() -> Files.exists(folder.resolve("stats/maths.jsonl")));
    assertThat(Files.readString(folder.resolve("stats/maths.jsonl")))
        .contains("\"link\":\"q_", "\"freeze_ms\":2500.0")
        .doesNotContain("ben");
  }

  private RtcClient join(String role, String name, MediaPlan plan, AtomicInteger heard)
      throws Exception {
    URI socket = URI.create(node.localOrigin().replace("http", "ws") + "/ws");
    String token = TestNodes.token(node, "maths", role, name);
    return clients
        .join(
            new RtcClients.Entry(socket, "maths", token, name, true),
            plan,
            new RtcClient.Listener() {
              @Override
              public void frame(
                  String mid,
                  String trackId,
                  Codec codec,
                  dev.amphi.interactive.api.EncodedFrame frame) {
                heard.incrementAndGet();
              }
            })
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS);
  }

  /** Packets as Opus has them; nobody decodes them here. */
  private void speak(RtcClient client) {
    long[] ticks = {0};
    byte[] packet = new byte[60];
    packet[0] = (byte) 0x78;
    var unused =
        pace.scheduleAtFixedRate(
            () -> client.send(Source.MICROPHONE, packet, ticks[0] += 960),
            0,
            20,
            TimeUnit.MILLISECONDS);
  }

  private String scrape() throws Exception {
    return http.send(
            HttpRequest.newBuilder(URI.create(node.localOrigin() + "/metrics")).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  /** The names that have a type, without the largest values that come with summaries. */
  private static Set<String> exposed(String text) {
    Set<String> exposed = new TreeSet<>();
    Matcher types = EXPOSED.matcher(text);
    while (types.find()) {
      exposed.add(types.group(1).replaceAll("_max$", ""));
    }
    return exposed;
  }

  private double value(String series) throws Exception {
    for (String line : scrape().split("\n", -1)) {
      if (line.startsWith(series + " ")) {
        return Double.parseDouble(line.substring(series.length() + 1));
      }
    }
    throw new AssertionError("There is no " + series);
  }
}
