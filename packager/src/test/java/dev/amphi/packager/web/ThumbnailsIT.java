package dev.amphi.packager.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.packager.Synthetic;
import dev.amphi.packager.api.Broadcast;
import dev.amphi.packager.mp4.Sample;
import dev.amphi.packager.mp4.TrackFormat;
import dev.amphi.packager.node.PackagerLimits;
import dev.amphi.packager.node.PackagerNode;
import dev.amphi.packager.origin.Rendition;
import dev.amphi.packager.thumbnails.PictureCue;
import dev.amphi.packager.thumbnails.PictureTrack;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The small pictures of a live class over real HTTP: what is listed, who gets it, for how long. */
final class ThumbnailsIT {
  private static final Instant AT = Instant.parse("2026-11-02T09:00:00Z");

  private final Map<String, String> keys = new ConcurrentHashMap<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private Vertx vertx;
  private PackagerNode node;
  private Broadcast broadcast;
  private String base;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    vertx = Vertx.vertx();
    node =
        PackagerNode.create(
            folder,
            Clock.systemUTC(),
            new AtomicLong()::get,
            new PackagerLimits(8, 100, 60L << 10, 1L << 10, 600));
    Router router = Router.router(vertx);
    Handler<HttpServerRequest> requests =
        HlsHandler.mount(
            router, node, (room, token) -> token.equals(keys.getOrDefault(room, token)));
    HttpServer server =
        vertx
            .createHttpServer(TestServer.options())
            .requestHandler(requests)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
    base = "http://127.0.0.1:" + server.actualPort() + "/hls/";
    broadcast = node.open("demo", 1);
    TrackFormat f = Synthetic.PICTURE;
    ByteBuffer config = f.codecConfig().toByteBuffer();
    broadcast.format(
        "720p", true, f.width(), f.height(), f.bitrateBps(), config, f.timescale(), AT);
  }

  @AfterEach
  void stop() throws Exception {
    node.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    client.close();
  }

  /** Pictures of the program between two of them, with a small one every five seconds. */
  private void play(int from, int until) {
    for (int n = from; n < until; n++) {
      Sample sample = Synthetic.picture(n);
      broadcast.sample(
          "720p", sample.payload().toByteBuffer(), sample.timeTicks(), 3_000, sample.sync());
      if (n % 150 == 0) {
        broadcast.thumbnail(AT.plusMillis(n * 100L / 3), 256, 144, small(n / 150));
      }
    }
  }

  private static ByteBuffer small(int number) {
    return ByteBuffer.wrap(("picture " + number).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void whatCanBeRewoundIsListedAndEachIsItsPicture() throws Exception {
    broadcast.thumbnail(AT.plusSeconds(1), 256, 144, small(-1)); // Nothing is on air yet.
    play(0, 500);
    HttpResponse<String> list = get("demo/thumbnails.vtt");
    assertThat(list.headers().firstValue("Content-Type")).hasValue("text/vtt; charset=utf-8");
    assertThat(list.headers().firstValue("Cache-Control")).hasValue("public, max-age=5");
    assertThat(list.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
    assertThat(list.body()).startsWith("WEBVTT\nX-PROGRAM-DATE-TIME: 2026-11-02T09:00:00Z\n\n");
    List<PictureCue> cues = PictureTrack.read(list.body());
    assertThat(cues).extracting(PictureCue::startMs).containsExactly(0L, 5_000L, 10_000L, 15_000L);
    for (int i = 0; i < cues.size(); i++) {
      HttpResponse<String> picture = get("demo/" + cues.get(i).uri());
      assertThat(picture.statusCode()).isEqualTo(200);
      assertThat(picture.body()).isEqualTo("picture " + i);
      assertThat(picture.headers().firstValue("Content-Type")).hasValue("image/jpeg");
      assertThat(picture.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(picture.headers().firstValue("Cache-Control"))
          .hasValue("public, max-age=31536000, immutable");
    }
    String folder = cues.getFirst().uri().replace("0.jpg", "");
    for (String none : List.of("9.jpg", "-1.jpg", "0.png", "0.jpg.vtt", "index.m3u8")) {
      assertThat(get("demo/" + folder + none).statusCode()).as(none).isEqualTo(404);
    }
  }

  @Test
  void aClosedClassShowsThemToItsMembersOnly() throws Exception {
    play(0, 200);
    String picture = PictureTrack.read(get("demo/thumbnails.vtt").body()).getFirst().uri();
    keys.put("demo", "key");
    for (String path : List.of("thumbnails.vtt", picture)) {
      assertThat(get("demo/" + path).statusCode()).isEqualTo(401);
      assertThat(get("demo/" + path + "?token=wrong").statusCode()).isEqualTo(403);
      HttpResponse<String> own = get("~key/demo/" + path);
      assertThat(own.statusCode()).isEqualTo(200);
      assertThat(own.headers().firstValue("Cache-Control").orElseThrow()).startsWith("private");
    }
    String uri = PictureTrack.read(get("demo/thumbnails.vtt?token=key").body()).getFirst().uri();
    assertThat(uri).isEqualTo(picture + "?token=key");
    assertThat(get("demo/" + uri).statusCode()).isEqualTo(200);
  }

  @Test
  void theyLeaveWithWhatTheyShow() throws Exception {
    int pictures = 20_000; // More than the heap of this room is for.
    play(0, pictures);
    List<PictureCue> cues = PictureTrack.read(get("demo/thumbnails.vtt").body());
    Rendition lead = Objects.requireNonNull(node.program("demo").orElseThrow().window().lead());
    long listed = lead.window().firstMsn();
    assertThat(listed).as("the oldest segments are gone").isPositive();
    double from = listed * 1.6;
    assertThat(cues.getFirst().startMs() / 1000.0).isLessThanOrEqualTo(from);
    assertThat(cues.getFirst().startMs() / 1000.0).isGreaterThan(from - 5.1);
    assertThat(get("demo/" + cues.getFirst().uri()).statusCode()).isEqualTo(200);
    String first = cues.getFirst().uri().replaceFirst("\\d+\\.jpg", "0.jpg");
    assertThat(get("demo/" + first).statusCode()).isEqualTo(404);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(base + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
