package dev.amphi.packager.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amphi.packager.Ffmpeg;
import dev.amphi.packager.RealProgram;
import dev.amphi.packager.api.Broadcast;
import dev.amphi.packager.node.PackagerLimits;
import dev.amphi.packager.node.PackagerNode;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Segments that are read while they are made, over real HTTP. */
final class LowLatencyDashIT {
  private static final int MOST_OF_ONE = 8;
  private static final int SECONDS = 30;

  private static RealProgram program;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicLong nanos = new AtomicLong();
  private Vertx vertx;
  private PackagerNode node;
  private Broadcast broadcast;
  private String base;
  private int port;

  @BeforeAll
  static void encode(@TempDir Path shared) throws IOException {
    program = RealProgram.encode(shared, SECONDS);
  }

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    vertx = Vertx.vertx();
    node =
        PackagerNode.create(
            folder,
            Clock.systemUTC(),
            nanos::get,
            new PackagerLimits(MOST_OF_ONE, 100, 512L << 20, 1L << 30, 600));
    Router router = Router.router(vertx);
    Handler<HttpServerRequest> requests = HlsHandler.mount(router, node, (room, token) -> true);
    HttpServer server =
        vertx
            .createHttpServer(TestServer.options())
            .requestHandler(requests)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(SECONDS, TimeUnit.SECONDS);
    port = server.actualPort();
    base = "http://127.0.0.1:" + port + "/hls/";
    broadcast = node.open("demo", 1);
  }

  @AfterEach
  void stop() throws Exception {
    client.shutdownNow(); // Some answers are left unread.
    node.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
  }

  /** Plays so much that segments 0 and 1 are there, and of segment 2 so many parts. */
  private void playInto(int parts) {
    program.declare(broadcast, RealProgram.STARTS_AT);
    program.play(broadcast, 0, 3.201 + parts * 8 / 30.0);
  }

  @Test
  void eachPartComesBeforeTheNextIsMade() throws Exception {
    playInto(1);
    HttpResponse<InputStream> answer = open(picture() + "2.now.m4s");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("transfer-encoding")).hasValue("chunked");
    assertThat(answer.headers().firstValue("content-length")).isEmpty();
    assertThat(answer.headers().firstValue("cache-control"))
        .hasValue("public, max-age=31536000, immutable");
    try (InputStream body = answer.body()) {
      for (int part = 0; part < 6; part++) {
        // Nothing of the next is made before all of this one was read.
        byte[] expected = get(picture() + "2." + part + ".m4s").body();
        assertThat(body.readNBytes(expected.length)).as("part %d", part).isEqualTo(expected);
        assertThat(body.available()).isZero();
        program.play(broadcast, 3.201 + (part + 1) * 8 / 30.0, 3.201 + (part + 2) * 8 / 30.0);
      }
      assertThat(body.read()).as("its end").isEqualTo(-1);
    }
    byte[] whole = get(picture() + "2.m4s").body();
    HttpResponse<byte[]> again = get(picture() + "2.now.m4s");
    assertThat(again.body()).isEqualTo(whole);
    assertThat(again.headers().firstValueAsLong("content-length")).hasValue(whole.length);
    assertThat(node.pending().size()).isZero();
  }

  @Test
  void whatIsNotBegunWaitsAndNothingIsSaidBeforeItsFirstPartIsWhole() throws Exception {
    playInto(0);
    CompletableFuture<HttpResponse<byte[]>> next = later(picture() + "2.now.m4s");
    CompletableFuture<HttpResponse<byte[]>> afterIt = later(picture() + "3.now.m4s");
    Awaitility.await().until(() -> node.pending().size() == 2);
    program.play(broadcast, 3.201, 3.4);
    assertThat(next).isNotDone();
    assertThat(get(picture() + "6.now.m4s").statusCode()).isEqualTo(404);
    program.play(broadcast, 3.4, 6.5);
    assertThat(next.get(SECONDS, TimeUnit.SECONDS).body())
        .isEqualTo(get(picture() + "2.m4s").body());
    assertThat(afterIt.get(SECONDS, TimeUnit.SECONDS).body())
        .isEqualTo(get(picture() + "3.m4s").body());
  }

  @Test
  void whatNeverComesIsRefusedWithoutAByte() throws Exception {
    playInto(0);
    CompletableFuture<HttpResponse<byte[]>> silent = later(picture() + "3.now.m4s");
    Awaitility.await().until(() -> node.pending().size() == 1);
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(6));
    assertRefused(silent.get(SECONDS, TimeUnit.SECONDS), 503);
  }

  @Test
  void nobodyWaitsAfterTheEnd() throws Exception {
    playInto(0);
    CompletableFuture<HttpResponse<byte[]>> over = later(picture() + "3.now.m4s");
    Awaitility.await().until(() -> node.pending().size() == 1);
    broadcast.close();
    assertRefused(over.get(SECONDS, TimeUnit.SECONDS), 404);
    assertRefused(get(picture() + "99.now.m4s"), 404);
    assertRefused(get(base + "demo/" + run() + "/captions/1.now.m4s"), 404);
  }

  @Test
  void whatIsMissingIsNotThere() throws Exception {
    playInto(2);
    broadcast.interrupted();
    program.declare(broadcast, RealProgram.STARTS_AT.plusSeconds(20));
    program.play(broadcast, 0, 2);
    assertThat(get(picture() + "2.now.m4s").statusCode()).as("cut short").isEqualTo(200);
    assertRefused(get(picture() + "3.now.m4s"), 404);
  }

  @Test
  void anAnswerEndsWithTheClass() throws Exception {
    playInto(2);
    HttpResponse<InputStream> answer = open(picture() + "2.now.m4s");
    broadcast.close();
    try (InputStream body = answer.body()) {
      assertThat(body.readAllBytes()).isEqualTo(get(picture() + "2.m4s").body());
    }
  }

  @Test
  void anAnswerThatCannotGoOnIsBrokenOffAndNotEnded() throws Exception {
    playInto(1);
    HttpResponse<InputStream> answer = open(picture() + "2.now.m4s");
    Awaitility.await().until(() -> node.pending().size() == 1);
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(7));
    try (InputStream body = answer.body()) {
      assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
    }
    assertThat(node.pending().size()).isZero();
  }

  @Test
  void oneAddressHasNoMoreOpenThanMayWait() throws Exception {
    playInto(1);
    List<HttpResponse<InputStream>> open = new ArrayList<>();
    for (int i = 0; i < MOST_OF_ONE; i++) {
      open.add(open(picture() + "2.now.m4s"));
    }
    HttpResponse<byte[]> more = get(picture() + "2.now.m4s");
    assertRefused(more, 503);
    assertThat(more.headers().firstValue("retry-after")).isPresent();
    for (HttpResponse<InputStream> answer : open.subList(0, 2)) {
      answer.body().close(); // Who leaves makes room.
    }
    Awaitility.await().until(() -> node.pending().size() == MOST_OF_ONE - 2);
    assertThat(open(picture() + "2.now.m4s").statusCode()).isEqualTo(200);
    program.play(broadcast, 3.5, 6);
    byte[] whole = get(picture() + "2.m4s").body();
    for (HttpResponse<InputStream> answer : open.subList(2, MOST_OF_ONE)) {
      assertThat(answer.body().readAllBytes()).isEqualTo(whole);
    }
  }

  @Test
  void whoCannotTakePiecesGetsItWhole() throws Exception {
    playInto(2);
    CompletableFuture<byte[]> old =
        CompletableFuture.supplyAsync(
            () -> {
              try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                String path = URI.create(picture() + "2.now.m4s").getPath();
                socket
                    .getOutputStream()
                    .write(("GET " + path + " HTTP/1.0\r\n\r\n").getBytes(StandardCharsets.UTF_8));
                return socket.getInputStream().readAllBytes();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    CompletableFuture<HttpResponse<byte[]>> range =
        client.sendAsync(
            HttpRequest.newBuilder(URI.create(picture() + "2.now.m4s"))
                .header("Range", "bytes=4-7")
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    Awaitility.await().until(() -> node.pending().size() == 2);
    program.play(broadcast, 3.201 + 16 / 30.0, 6);
    byte[] whole = get(picture() + "2.m4s").body();
    String answer = new String(old.get(SECONDS, TimeUnit.SECONDS), StandardCharsets.ISO_8859_1);
    assertThat(answer).contains("content-length: " + whole.length).doesNotContain("chunked");
    assertThat(answer).endsWith(new String(whole, StandardCharsets.ISO_8859_1));
    assertThat(range.get(SECONDS, TimeUnit.SECONDS).statusCode()).isEqualTo(206);
    assertThat(range.get().body()).isEqualTo("styp".getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void theHeadOfWhatIsBeingMadeIsToldAtOnce() throws Exception {
    playInto(1);
    HttpResponse<byte[]> head =
        client.send(
            HttpRequest.newBuilder(URI.create(picture() + "2.now.m4s"))
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("content-type")).hasValue("video/mp4");
    assertThat(head.body()).isEmpty();
    assertThat(node.pending().size()).isZero();
  }

  @Test
  void theNodeTellsTheTimeAndNobodyKeepsIt() throws Exception {
    Instant before = Instant.now().minusMillis(1);
    HttpResponse<byte[]> answer = get(base + "time");
    assertThat(Instant.parse(new String(answer.body(), StandardCharsets.US_ASCII)))
        .isBetween(before, Instant.now());
    assertThat(answer.headers().firstValue("cache-control")).hasValue("no-store");
    assertThat(answer.headers().firstValue("access-control-allow-origin")).hasValue("*");
  }

  /** By its own clock FFmpeg asks for the segment that is being made. */
  @Test
  void ffmpegReadsALiveClass() throws Exception {
    Instant began = Instant.now().minusSeconds(5);
    program.declare(broadcast, began);
    program.play(broadcast, 0, 5);
    CompletableFuture<Void> read =
        CompletableFuture.runAsync(
            () -> {
              try {
                Ffmpeg.run("-i", base + "demo/low-latency.mpd", "-t", "2", "-f", "null", "-");
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    double played = 5;
    while (!read.isDone() && played < SECONDS - 1) {
      double now = Duration.between(began, Instant.now()).toNanos() / 1e9;
      program.play(broadcast, played, now);
      played = now;
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20)); // As an encoder does.
    }
    read.get(SECONDS, TimeUnit.SECONDS);
  }

  /** It looks for more where nothing comes, and says so; what it has read is all there is. */
  @Test
  void ffmpegReadsAClassThatIsOver(@TempDir Path folder) throws Exception {
    program.declare(broadcast, RealProgram.STARTS_AT);
    program.play(broadcast, 0, 12);
    broadcast.close();
    String manifest = base + "demo/low-latency.mpd";
    Path file = folder.resolve("dash.mp4");
    Ffmpeg.run("-v", "fatal", "-i", manifest, "-map", "0", "-c", "copy", file.toString());
    assertThat(Ffmpeg.probe(file, "-show_entries", "stream=codec_name,nb_frames"))
        .contains("h264", "aac", "360");
    Ffmpeg.decode(file.toString());
  }

  private static void assertRefused(HttpResponse<byte[]> answer, int status) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("cache-control")).hasValue("no-store");
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
  }

  private String run() {
    return node.program("demo").orElseThrow().window().run();
  }

  private String picture() {
    return base + "demo/" + run() + "/720p/";
  }

  private HttpResponse<InputStream> open(String url) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofInputStream());
  }

  private HttpResponse<byte[]> get(String url) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private CompletableFuture<HttpResponse<byte[]>> later(String url) {
    return client.sendAsync(
        HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray());
  }
}
