package dev.amphi.packager.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amphi.packager.Ffmpeg;
import dev.amphi.packager.RealProgram;
import dev.amphi.packager.api.Broadcast;
import dev.amphi.packager.node.LiveProgram;
import dev.amphi.packager.node.PackagerLimits;
import dev.amphi.packager.node.PackagerNode;
import dev.amphi.packager.playlist.InitMap;
import dev.amphi.packager.playlist.MediaPart;
import dev.amphi.packager.playlist.MediaPlaylist;
import dev.amphi.packager.playlist.MediaSegment;
import dev.amphi.packager.playlist.PlaylistReader;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A real program over real HTTP, judged by FFmpeg. */
final class HlsIT {
  private static RealProgram program;

  private Path dataDir;
  private final Map<String, String> keys = new ConcurrentHashMap<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicLong nanos = new AtomicLong();
  private Vertx vertx;
  private PackagerNode node;
  private Broadcast broadcast;
  private String base;

  @BeforeAll
  static void encode(@TempDir Path shared) throws IOException {
    program = RealProgram.encode(shared, 12);
  }

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    dataDir = folder;
    vertx = Vertx.vertx();
    node =
        PackagerNode.create(
            dataDir,
            Clock.systemUTC(),
            nanos::get,
            new PackagerLimits(8, 100, 512L << 20, 1L << 30, 600));
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
    program.declare(broadcast, RealProgram.STARTS_AT);
  }

  @AfterEach
  void stop() throws Exception {
    node.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    client.close();
  }

  @Test
  void ffmpegPlaysEveryRenditionAsLongAsTheClass() throws Exception {
    program.play(broadcast, 0, 12);
    broadcast.close();

    Path file = dataDir.resolve("played.mp4");
    String list = base + "demo/index.m3u8";
    Ffmpeg.run("-i", list, "-map", "0:v", "-map", "0:a", "-c", "copy", file.toString());

    List<String> streams = Ffmpeg.probe(file, "-show_entries", "stream=codec_name,nb_frames");
    assertThat(streams).contains("h264", "aac", "360");
    Ffmpeg.decode(file.toString());
  }

  @Test
  void everySegmentAndPartDecodesByItself() throws Exception {
    program.play(broadcast, 0, 8);
    for (String rendition : List.of("720p", "360p", "audio")) {
      String folder = base + "demo/" + run() + "/" + rendition + "/";
      MediaPlaylist playlist = PlaylistReader.read(text(folder + "index.m3u8"));
      assertThat(playlist.segments()).hasSizeGreaterThanOrEqualTo(4);
      InitMap map = playlist.segments().getFirst().map();
      assertThat(map).isNotNull();
      byte[] header = get(folder + (map == null ? "" : map.uri())).body();
      for (MediaSegment segment : playlist.segments()) {
        assertThat(segment.durationS()).isEqualTo(1.6);
        byte[] whole = get(folder + segment.uri()).body();
        Path file = write("segment.mp4", header, whole);
        Ffmpeg.decode(file.toString());
        assertThat(Ffmpeg.probe(file, "-count_packets", "-show_entries", "stream=nb_read_packets"))
            .containsOnly(rendition.equals("audio") ? "75" : "48");
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (MediaPart part : segment.parts()) {
          joined.writeBytes(get(folder + part.uri()).body());
        }
        if (!segment.parts().isEmpty()) {
          assertThat(joined.toByteArray()).isEqualTo(whole);
        }
      }
    }
  }

  @Test
  void renditionsHaveTheSameSegmentsAtTheSameTimes() throws Exception {
    program.play(broadcast, 0, 8);
    List<MediaSegment> lead = list("720p").segments();
    for (String other : List.of("360p", "audio")) {
      assertThat(list(other).segments())
          .extracting(MediaSegment::dateTime)
          .isEqualTo(lead.stream().map(MediaSegment::dateTime).toList());
    }
    assertThat(lead.getFirst().dateTime()).isEqualTo(RealProgram.STARTS_AT);
  }

  @Test
  void reloadsWaitForTheirPartAndHintedPartsForTheirBytes() throws Exception {
    program.play(broadcast, 0, 4);
    String folder = base + "demo/" + run() + "/720p/";
    MediaPlaylist before = list("720p");
    long msn = before.mediaSequence() + before.segments().size();
    int next = before.tail().parts().size();
    String hint = before.tail().hint() == null ? "" : before.tail().hint().uri();
    assertThat(hint).isEqualTo(msn + "." + next + ".m4s");

    CompletableFuture<HttpResponse<byte[]>> reload =
        later(folder + "index.m3u8?_HLS_msn=" + msn + "&_HLS_part=" + next + "&unknown=1");
    CompletableFuture<HttpResponse<byte[]>> part = later(folder + hint);
    Awaitility.await().until(() -> node.pending().size() == 2);
    assertThat(reload).isNotDone();
    assertThat(part).isNotDone();

    program.play(broadcast, 4, 4.7);
    MediaPlaylist after = PlaylistReader.read(string(reload.get(20, TimeUnit.SECONDS)));
    assertThat(after.tail().parts()).extracting(MediaPart::uri).contains(hint);
    assertThat(part.get(20, TimeUnit.SECONDS).body())
        .isEqualTo(get(folder + hint).body())
        .isNotEmpty();
    assertThat(node.pending().size()).isZero();
  }

  @Test
  void badDirectivesAreRefusedAtOnce() throws Exception {
    program.play(broadcast, 0, 4);
    String list = base + "demo/" + run() + "/720p/index.m3u8?";
    for (String query :
        List.of(
            "_HLS_part=1",
            "_HLS_msn=-1",
            "_HLS_msn=9223372036854775808",
            "_HLS_msn=soon",
            "_HLS_msn=",
            "_HLS_msn=1&_HLS_msn=1",
            "_HLS_msn=5",
            "_HLS_msn=2&_HLS_part=40",
            "_HLS_skip=MAYBE")) {
      HttpResponse<byte[]> answer = get(list + query);
      assertThat(answer.statusCode()).as(query).isEqualTo(400);
      assertThat(answer.headers().firstValue("cache-control")).hasValue("no-store");
      assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
    }
    assertThat(node.pending().size()).isZero();
  }

  /** What RFC 8216bis §6.2.5 and §6.2.6 say, each row once. */
  @ParameterizedTest
  @CsvSource({
    "HEAD, '', 200",
    "GET, 'utm_source=x&_HLS_unknown=1', 200",
    "GET, '_HLS_msn=0', 200",
    "GET, '_HLS_msn=1&_HLS_part=0', 200",
    "HEAD, '_HLS_msn=1&_HLS_part=0', 200",
    "GET, '_HLS_skip=YES', 200",
    "GET, '_HLS_skip=v2', 200",
    "GET, '_HLS_msn=00000000000000001', 400",
    "GET, '_HLS_msn=1.0', 400",
    "GET, '_HLS_part=0', 400",
    "HEAD, '_HLS_part=0', 400",
    "GET, '_HLS_msn=4', 400",
    "GET, '_HLS_msn=1&_HLS_part=2147483647', 400",
    "GET, '_HLS_msn=1&_HLS_part=0&_HLS_part=0', 400",
    "POST, '', 404",
    "DELETE, '', 404",
  })
  void eachRequestHasItsAnswerAtOnce(String method, String query, int status) throws Exception {
    program.play(broadcast, 0, 3.3); // Segments 0 and 1 are there, of 2 nothing yet.
    HttpResponse<byte[]> answer =
        client.send(
            request(base + "demo/" + run() + "/720p/index.m3u8?" + query)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("cache-control").orElse(""))
        .startsWith(status == 200 ? "public" : "no-store");
    assertThat(answer.body().length == 0).isEqualTo(method.equals("HEAD"));
    assertThat(node.pending().size()).isZero();
  }

  @Test
  void afterTheEndNothingIsWaitedFor() throws Exception {
    program.play(broadcast, 0, 12);
    broadcast.close();
    String list = base + "demo/" + run() + "/720p/index.m3u8";
    String whole = text(list);
    assertThat(whole).endsWith("#EXT-X-ENDLIST\n");
    for (String query : List.of("?_HLS_msn=99", "?_HLS_msn=3&_HLS_part=77", "?_HLS_skip=YES")) {
      assertThat(text(list + query)).as(query).isEqualTo(whole);
    }
    assertThat(get(base + "demo/" + run() + "/720p/8.0.m4s").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "gzip, true", "'br, gzip', true", "'gzip;q=0.5, *;q=0', true", "*, true",
    "gzip;q=0, false", "'identity, gzip;q=0.000', false", "br, false", "notgzip, false"
  })
  void listsArePackedForWhoTakesIt(String accepts, boolean packed) throws Exception {
    program.play(broadcast, 0, 4);
    HttpResponse<byte[]> answer =
        client.send(
            request(base + "demo/" + run() + "/720p/index.m3u8")
                .header("Accept-Encoding", accepts)
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(answer.headers().firstValue("content-encoding").isPresent()).isEqualTo(packed);
    assertThat(answer.headers().firstValue("vary")).hasValue("Accept-Encoding");
  }

  @Test
  void theFirstPictureOfEachSegmentDecodesByItself() throws Exception {
    program.play(broadcast, 0, 8);
    String folder = base + "demo/" + run() + "/720p/";
    MediaPlaylist pictures = PlaylistReader.read(text(folder + "iframes.m3u8"));
    assertThat(pictures.iFramesOnly()).isTrue();
    assertThat(pictures.segments()).hasSize(4);
    InitMap map = pictures.segments().getFirst().map();
    byte[] header = get(folder + (map == null ? "" : map.uri())).body();
    for (MediaSegment picture : pictures.segments()) {
      byte[] bytes =
          client
              .send(
                  request(folder + picture.uri())
                      .header("Range", "bytes=0-" + (picture.firstBytes() - 1))
                      .build(),
                  HttpResponse.BodyHandlers.ofByteArray())
              .body();
      assertThat(bytes).hasSize(picture.firstBytes());
      Path still = dataDir.resolve("still.png");
      Files.deleteIfExists(still);
      Path file = write("picture.mp4", header, bytes);
      // Its mdat is longer than what was fetched of it: FFmpeg says so, and shows the picture.
      Ffmpeg.still(file, still);
      assertThat(Files.size(still)).isPositive();
    }
    assertThat(text(base + "demo/index.m3u8")).contains("URI=\"" + run() + "/720p/iframes.m3u8\"");
    assertThat(get(base + "demo/" + run() + "/audio/iframes.m3u8").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @EnumSource
  void aLargeSegmentIsTheSameWholeAndInRanges(HttpClient.Version version) throws Exception {
    program.play(broadcast, 0, 8);
    URI address = URI.create(base + "demo/" + run() + "/720p/1.m4s");
    byte[] whole = get(address.toString()).body();
    assertThat(whole).hasSizeGreaterThan(HotFiles.LEAST_BYTES);
    try (HttpClient viewer = HttpClient.newBuilder().version(version).build()) {
      HttpRequest.Builder asked = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(20));
      BodyHandler<byte[]> bytes = BodyHandlers.ofByteArray();
      for (int time = 0; time < 2; time++) {
        assertThat(viewer.send(asked.copy().build(), bytes).body()).isEqualTo(whole);
        HttpResponse<byte[]> middle =
            viewer.send(asked.copy().header("Range", "bytes=9000-39999").build(), bytes);
        assertThat(middle.statusCode()).isEqualTo(206);
        assertThat(middle.headers().firstValueAsLong("content-length")).hasValue(31_000);
        assertThat(middle.body()).isEqualTo(Arrays.copyOfRange(whole, 9_000, 40_000));
      }
      HttpResponse<byte[]> head =
          viewer.send(asked.method("HEAD", HttpRequest.BodyPublishers.noBody()).build(), bytes);
      assertThat(head.headers().firstValueAsLong("content-length")).hasValue(whole.length);
      assertThat(head.headers().firstValue("content-type")).hasValue("video/mp4");
    }
  }

  @Test
  void ffmpegPlaysTheSameFilesAsDash() throws Exception {
    program.play(broadcast, 0, 12);
    assertThat(text(base + "demo/manifest.mpd")).contains("type=\"dynamic\"");
    broadcast.close();

    Path file = dataDir.resolve("dash.mp4");
    Ffmpeg.run("-i", base + "demo/manifest.mpd", "-map", "0", "-c", "copy", file.toString());

    List<String> streams = Ffmpeg.probe(file, "-show_entries", "stream=codec_name,nb_frames");
    assertThat(streams).contains("h264", "aac", "360");
    Ffmpeg.decode(file.toString());
  }

  @Test
  void captionsComeWithTheirSegment() throws Exception {
    program.play(broadcast, 0, 2);
    assertThat(
            broadcast.caption(
                RealProgram.STARTS_AT.plusMillis(2000),
                RealProgram.STARTS_AT.plusMillis(3000),
                "Light bends."))
        .isTrue();
    CompletableFuture<HttpResponse<byte[]>> reload =
        later(base + "demo/" + run() + "/captions/index.m3u8?_HLS_msn=1&_HLS_part=0");
    Awaitility.await().until(() -> node.pending().size() == 1);
    program.play(broadcast, 2, 4);
    MediaPlaylist list = PlaylistReader.read(string(reload.get(20, TimeUnit.SECONDS)));
    assertThat(list.segments()).extracting(MediaSegment::uri).containsExactly("0.vtt", "1.vtt");
    HttpResponse<byte[]> captions = get(base + "demo/" + run() + "/captions/1.vtt");
    assertThat(captions.headers().firstValue("content-type")).hasValue("text/vtt; charset=utf-8");
    assertThat(captions.headers().firstValue("cache-control"))
        .hasValue("public, max-age=31536000, immutable");
    assertThat(string(captions))
        .isEqualTo(
            """
            WEBVTT
            X-TIMESTAMP-MAP=MPEGTS:144000,LOCAL:00:00:01.600

            0
            00:00:02.000 --> 00:00:03.000
            Light bends.

            """);
    assertThat(get(base + "demo/" + run() + "/captions/2.vtt").statusCode()).isEqualTo(404);
    assertThat(get(base + "demo/" + run() + "/720p/1.vtt").statusCode()).isEqualTo(404);
  }

  @Test
  void aProgramThatIsAwayIsToldAsMissingUntilItIsBack() throws Exception {
    program.play(broadcast, 0, 4);
    broadcast.interrupted();
    String list = base + "demo/" + run() + "/720p/index.m3u8";
    CompletableFuture<HttpResponse<byte[]>> reload = later(list + "?_HLS_msn=3");
    Awaitility.await().until(() -> node.pending().size() == 1);
    Awaitility.await()
        .until(
            () -> {
              nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(150));
              return reload.isDone();
            });
    MediaPlaylist away = PlaylistReader.read(string(reload.get(20, TimeUnit.SECONDS)));
    MediaSegment gap = away.segments().getLast();
    assertThat(gap.gap()).isTrue();
    assertThat(gap.durationS()).as("up to a frame of sound more").isBetween(1.6, 1.622);
    assertThat(get(base + "demo/" + run() + "/720p/" + gap.uri()).statusCode()).isEqualTo(404);
    program.declare(broadcast, RealProgram.STARTS_AT.plusSeconds(20));
    program.play(broadcast, 0, 2);
    List<MediaSegment> back = list("720p").segments();
    assertThat(back.stream().filter(MediaSegment::discontinuity)).hasSize(1);
    for (int i = 1; i < back.size(); i++) {
      double jump =
          java.time.Duration.between(back.get(i - 1).dateTime(), back.get(i).dateTime()).toNanos()
                  / 1e9
              - back.get(i - 1).durationS();
      assertThat(Math.abs(jump)).isLessThan(0.002);
    }
  }

  @Test
  void nothingOutsideTheBroadcastIsFound() throws Exception {
    program.play(broadcast, 0, 4);
    String run = run();
    for (String path :
        List.of(
            "other/index.m3u8",
            "demo/" + run + "/1080p/index.m3u8",
            "demo/" + run + "/720p/99.m4s",
            "demo/" + run + "/720p/0.99.m4s",
            "demo/" + run + "/720p/init-7.mp4",
            "demo/" + run + "/720p/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
            "demo/" + run + "/720p/..%5c..%5cx",
            "demo/" + run + "/720p/0.m4s%00",
            "demo/1-zz/720p/0.m4s",
            "demo/" + run + "/720p/")) {
      HttpResponse<byte[]> answer = get(base + path);
      assertThat(answer.statusCode()).as(path).isIn(400, 404);
      assertThat(answer.headers().firstValue("cache-control")).as(path).hasValue("no-store");
    }
  }

  @Test
  void headersSayWhatACacheMayDo() throws Exception {
    program.play(broadcast, 0, 4);
    String folder = base + "demo/" + run() + "/audio/";
    HttpResponse<byte[]> segment = get(folder + "0.m4s");
    assertThat(segment.headers().firstValue("cache-control"))
        .hasValue("public, max-age=31536000, immutable");
    assertThat(segment.headers().firstValue("content-type")).hasValue("audio/mp4");
    assertThat(segment.headers().firstValue("access-control-allow-origin")).hasValue("*");
    HttpResponse<byte[]> range =
        client.send(
            request(folder + "0.m4s").header("Range", "bytes=4-7").build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(range.statusCode()).isEqualTo(206);
    assertThat(new String(range.body(), StandardCharsets.US_ASCII)).isEqualTo("styp");
    HttpResponse<byte[]> head =
        client.send(
            request(folder + "0.m4s").method("HEAD", HttpRequest.BodyPublishers.noBody()).build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(head.headers().firstValueAsLong("content-length")).hasValue(segment.body().length);
    HttpResponse<byte[]> packed =
        client.send(
            request(folder + "index.m3u8").header("Accept-Encoding", "gzip").build(),
            HttpResponse.BodyHandlers.ofByteArray());
    byte[] plain =
        new GZIPInputStream(new java.io.ByteArrayInputStream(packed.body())).readAllBytes();
    assertThat(plain).isEqualTo(get(folder + "index.m3u8").body());
  }

  @Test
  void aTokenTravelsFromListToMedia() throws Exception {
    keys.put("demo", "abc.def");
    program.play(broadcast, 0, 4);
    assertThat(get(base + "demo/index.m3u8").statusCode()).isEqualTo(401);
    assertThat(get(base + "demo/index.m3u8?token=wrong").statusCode()).isEqualTo(403);
    String list = text(base + "demo/index.m3u8?token=abc.def");
    String media =
        list.lines().filter(line -> line.endsWith("index.m3u8?token=abc.def")).findFirst().get();
    String folder = base + "demo/" + media.substring(0, media.lastIndexOf('/') + 1);
    assertThat(get(folder + "index.m3u8").statusCode()).isEqualTo(401);
    MediaPlaylist playlist = PlaylistReader.read(text(base + "demo/" + media));
    String segment = playlist.segments().getFirst().uri();
    assertThat(segment).isEqualTo("0.m4s?token=abc.def");
    HttpResponse<byte[]> answer = get(folder + segment);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("cache-control").orElse("")).startsWith("private");
    assertThat(get(folder + "0.m4s").statusCode()).isEqualTo(401);
  }

  @Test
  void aRestartOfTheProgramIsOneDiscontinuity() throws Exception {
    program.play(broadcast, 0, 4);
    program.declare(broadcast, RealProgram.STARTS_AT.plusSeconds(6));
    program.play(broadcast, 0, 4);
    broadcast.close();
    for (String rendition : List.of("720p", "360p", "audio")) {
      MediaPlaylist playlist = list(rendition);
      assertThat(playlist.endList()).isTrue();
      assertThat(playlist.segments()).hasSize(7);
      assertThat(playlist.segments().get(3).gap()).isTrue();
      assertThat(playlist.segments().get(4).discontinuity()).isTrue();
      assertThat(playlist.segments().get(4).map()).isEqualTo(new InitMap("init-1.mp4"));
      assertThat(playlist.segments().get(4).dateTime())
          .isEqualTo(RealProgram.STARTS_AT.plusSeconds(6));
      assertThat(playlist.segments().stream().filter(MediaSegment::discontinuity)).hasSize(1);
    }
    Ffmpeg.run("-i", base + "demo/index.m3u8", "-map", "0:v:0", "-f", "null", "-");
  }

  @Test
  void theWholeClassCanBeRewoundThoughTheHeapForgetsIt() throws Exception {
    program.play(broadcast, 0, 12);
    byte[] first = get(base + "demo/" + run() + "/720p/0.m4s").body();
    for (int restart = 1; restart < 4; restart++) {
      program.declare(broadcast, RealProgram.STARTS_AT.plusSeconds(20L * restart));
      program.play(broadcast, 0, 12);
    }
    MediaPlaylist playlist = list("720p");
    assertThat(playlist.mediaSequence()).isZero();
    assertThat(playlist.segments()).hasSizeGreaterThan(28);
    String oldPart = base + "demo/" + run() + "/720p/0.0.m4s";
    assertThat(get(oldPart).statusCode()).isEqualTo(404);
    LiveProgram live = node.program("demo").orElseThrow();
    Awaitility.await().until(() -> live.store().heapBytes() < first.length * 30L);
    assertThat(get(base + "demo/" + run() + "/720p/0.m4s").body()).isEqualTo(first);
    try (var left = Files.list(dataDir.resolve("spool"))) {
      assertThat(left).isEmpty();
    }
    MediaPlaylist delta =
        PlaylistReader.read(text(base + "demo/" + run() + "/720p/index.m3u8?_HLS_skip=YES"));
    assertThat(delta.skipped()).isPositive();
    assertThat(delta.skipped() + delta.segments().size()).isEqualTo(playlist.segments().size());
  }

  @Test
  void whenNothingNewComesTheAnswerIs503AfterThreeTargetDurations() throws Exception {
    program.play(broadcast, 0, 4);
    CompletableFuture<HttpResponse<byte[]>> reload =
        later(base + "demo/" + run() + "/720p/index.m3u8?_HLS_msn=3");
    Awaitility.await().until(() -> node.pending().size() == 1);
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(6) - 1);
    program.play(broadcast, 4, 4.5);
    assertThat(node.pending().size()).isEqualTo(1);
    nanos.addAndGet(1);
    HttpResponse<byte[]> answer = reload.get(20, TimeUnit.SECONDS);
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("retry-after")).isPresent();
    assertThat(answer.headers().firstValue("cache-control")).hasValue("no-store");
  }

  @Test
  void oneClientCannotParkMoreThanItsShare() throws Exception {
    program.play(broadcast, 0, 4);
    String list = base + "demo/" + run() + "/720p/index.m3u8?_HLS_msn=3";
    List<CompletableFuture<HttpResponse<byte[]>>> reloads = new java.util.ArrayList<>();
    for (int i = 0; i < 12; i++) {
      reloads.add(later(list));
    }
    Awaitility.await().until(() -> reloads.stream().filter(CompletableFuture::isDone).count() == 4);
    assertThat(node.pending().size()).isEqualTo(8);
    broadcast.close();
    List<Integer> statuses = new java.util.ArrayList<>();
    for (CompletableFuture<HttpResponse<byte[]>> reload : reloads) {
      statuses.add(reload.get(20, TimeUnit.SECONDS).statusCode());
    }
    assertThat(statuses).containsOnly(200, 503);
    assertThat(statuses.stream().filter(status -> status == 503)).hasSize(4);
  }

  @Test
  void whoHangsUpIsNotWaitedFor() throws Exception {
    program.play(broadcast, 0, 4);
    CompletableFuture<HttpResponse<byte[]>> reload =
        later(base + "demo/" + run() + "/720p/index.m3u8?_HLS_msn=3");
    Awaitility.await().until(() -> node.pending().size() == 1);
    reload.cancel(true);
    Awaitility.await().until(() -> node.pending().size() == 0);
  }

  @Test
  void aClassThatGoesOnLaterHasNoEnd() throws Exception {
    program.play(broadcast, 0, 4);
    CompletableFuture<HttpResponse<byte[]>> reload =
        later(base + "demo/" + run() + "/720p/index.m3u8?_HLS_msn=3");
    Awaitility.await().until(() -> node.pending().size() == 1);
    broadcast.suspend();
    assertThat(reload.get(20, TimeUnit.SECONDS).statusCode()).as("ask again").isEqualTo(503);
    assertThat(text(base + "demo/" + run() + "/720p/index.m3u8")).doesNotContain("ENDLIST");
    broadcast.close();
    assertThat(text(base + "demo/" + run() + "/720p/index.m3u8")).doesNotContain("ENDLIST");
  }

  @Test
  void aBroadcastThatEndedIsForgottenAfterAWhile() throws Exception {
    program.play(broadcast, 0, 4);
    broadcast.close();
    assertThat(text(base + "demo/" + run() + "/720p/index.m3u8")).endsWith("#EXT-X-ENDLIST\n");
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(601));
    Awaitility.await().until(() -> node.program("demo").isEmpty());
    HttpResponse<byte[]> off = get(base + "demo/index.m3u8");
    assertThat(off.statusCode()).isEqualTo(404);
    assertThat(new String(off.body(), StandardCharsets.UTF_8))
        .contains("\"code\":\"not_live\"", "The class 'demo' has no broadcast");
  }

  @Test
  void aLowerEpochIsRefused() {
    node.open("demo", 5);
    assertThatThrownBy(() -> node.open("demo", 4))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("epoch 4 may not write");
  }

  private MediaPlaylist list(String rendition) throws Exception {
    return PlaylistReader.read(text(base + "demo/" + run() + "/" + rendition + "/index.m3u8"));
  }

  private String run() {
    return node.program("demo").orElseThrow().window().run();
  }

  private Path write(String name, byte[]... pieces) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      all.writeBytes(piece);
    }
    return Files.write(dataDir.resolve(name), all.toByteArray());
  }

  private String text(String uri) throws Exception {
    HttpResponse<byte[]> answer = get(uri);
    assertThat(answer.statusCode()).as(uri).isEqualTo(200);
    return string(answer);
  }

  private static String string(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private HttpResponse<byte[]> get(String uri) throws Exception {
    return later(uri).get(20, TimeUnit.SECONDS);
  }

  private CompletableFuture<HttpResponse<byte[]>> later(String uri) {
    return client.sendAsync(request(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static HttpRequest.Builder request(String uri) {
    return HttpRequest.newBuilder(URI.create(uri));
  }
}
