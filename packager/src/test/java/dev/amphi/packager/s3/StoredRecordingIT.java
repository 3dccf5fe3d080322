package dev.amphi.packager.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amphi.packager.Synthetic;
import dev.amphi.packager.api.Broadcast;
import dev.amphi.packager.api.Integrity;
import dev.amphi.packager.api.RecordingRefused;
import dev.amphi.packager.api.RecordingView;
import dev.amphi.packager.crypt.MasterKeys;
import dev.amphi.packager.mp4.Sample;
import dev.amphi.packager.mp4.TrackFormat;
import dev.amphi.packager.node.PackagerNode;
import dev.amphi.packager.recording.RecordedContent;
import dev.amphi.packager.recording.RecordedFile;
import dev.amphi.packager.recording.RecordingKeys;
import dev.amphi.packager.recording.RecordingPolicy;
import dev.amphi.packager.vault.ObjectStore;
import dev.amphi.packager.vault.Vault;
import dev.amphi.packager.vault.VaultPolicy;
import dev.amphi.packager.web.RecordingDownload;
import dev.amphi.packager.web.TestServer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recordings and a real S3 server, over a wire that fails. */
final class StoredRecordingIT {
  private static final String ROOM = "demo";
  private static final Instant AT = Instant.parse("2026-11-02T09:00:00Z");

  private Path folder;
  private S3Server server;
  private FlakyProxy wire;
  private ObjectStore bucket;
  private final List<PackagerNode> nodes = new ArrayList<>();

  @BeforeEach
  void start(@TempDir Path shared) throws Exception {
    folder = shared;
    server = S3Server.start();
    wire = new FlakyProxy(server.port());
    bucket = S3ObjectStore.open(server.settings(folder));
  }

  @AfterEach
  void stop() throws Exception {
    nodes.forEach(PackagerNode::close);
    bucket.close();
    wire.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatIsStoredOutlivesTheDisk(boolean encrypted) throws Exception {
    RecordingKeys keys = encrypted ? keys() : RecordingKeys.NONE;
    PackagerNode first = node("one", keys, false);
    Broadcast broadcast = record(first);
    play(broadcast, 6);
    broadcast.close();
    RecordingView stored = stored(first);
    Path here = first.recordingFolder(ROOM, stored.id()).orElseThrow();
    Awaitility.await().until(() -> !Files.exists(here.resolve("recording.mp4")));
    byte[] movie = movie(first, stored.id());
    assertThat(movie.length).isGreaterThan(1000);
    first.close();

    PackagerNode next = node("two", keys, false);
    Awaitility.await().until(() -> !next.recordings(ROOM).isEmpty());
    RecordingView back = stored(next);
    assertThat(back.id()).isEqualTo(stored.id());
    assertThat(back.durationS()).isEqualTo(stored.durationS());
    assertThat(back.kept().orElseThrow().encrypted()).isEqualTo(encrypted);
    assertThat(movie(next, back.id())).isEqualTo(movie);
    int half = movie.length / 2;
    assertThat(downloaded(next, back.id(), "bytes=" + half + "-" + (half + 999)))
        .isEqualTo(Arrays.copyOfRange(movie, half, half + 1000));
    assertThat(downloaded(next, back.id(), "bytes=0-")).isEqualTo(movie);
    assertThat(get(next.verify(ROOM, back.id())).state()).isEqualTo(Integrity.WHOLE);
    RecordingView cut = get(next.trim(ROOM, back.id(), 1.6, 4));
    assertThat(cut.part()).isPresent();
    Awaitility.await().until(() -> names(ROOM + "/" + back.id()).contains("trimmed.mp4"));
    stored(next);
    assertThat(get(next.verify(ROOM, back.id())).state()).isEqualTo(Integrity.WHOLE);

    get(next.hold(ROOM, back.id(), true));
    assertThatThrownBy(() -> get(next.erase(ROOM, back.id())))
        .hasCauseInstanceOf(RecordingRefused.class);
    get(next.hold(ROOM, back.id(), false));
    get(next.erase(ROOM, back.id()));
    assertThat(bucket.list("", "")).extracting(ObjectStore.Listed::key).containsExactly("n/claim");
  }

  @Test
  void aRecordingWhoseDiskDiesIsFinishedFromTheBucket() throws Exception {
    PackagerNode first = node("one", RecordingKeys.NONE, true);
    Broadcast broadcast = record(first);
    play(broadcast, 10);
    String id = first.recordings(ROOM).getFirst().id();
    Path here = first.recordingFolder(ROOM, id).orElseThrow();
    Awaitility.await()
        .until(
            () ->
                first.vaultStatus().orElseThrow().waitingBytes() == 0
                    && names(ROOM + "/" + id + "/live").stream()
                        .anyMatch(name -> name.startsWith("journal/"))
                    && Files.size(here.resolve("journal")) == shipped(id, "journal"));

    PackagerNode next = node("two", RecordingKeys.NONE, true);
    Awaitility.await().until(() -> !next.recordings(ROOM).isEmpty());
    RecordingView back = stored(next);
    assertThat(back.state()).as(back.detail()).isEqualTo("ready");
    assertThat(back.id()).isEqualTo(id);
    assertThat(back.durationS()).isGreaterThan(8);
    assertThat(back.detail()).contains("cut off");
    assertThat(get(next.verify(ROOM, id)).state()).isEqualTo(Integrity.WHOLE);
    assertThat(names(ROOM + "/" + id)).noneMatch(name -> name.startsWith("live/"));
  }

  @Test
  void noRecordingWaitsForAStoreThatFailsInEveryWay() throws Exception {
    PackagerNode node = node("one", RecordingKeys.NONE, true);
    wire.mode(FlakyProxy.Mode.REFUSE);
    Broadcast broadcast = record(node);
    play(broadcast, 30);
    broadcast.close();
    Awaitility.await().until(() -> node.recordings(ROOM).getFirst().state().equals("ready"));
    RecordingView.Stored away = state(node);
    assertThat(away.state()).isEqualTo("uploading");
    Awaitility.await().until(() -> state(node).detail().contains("cannot be reached"));
    for (FlakyProxy.Mode mode :
        List.of(FlakyProxy.Mode.SLOW_DOWN, FlakyProxy.Mode.BROKEN, FlakyProxy.Mode.CUT)) {
      int before = wire.failed();
      wire.mode(mode);
      Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> wire.failed() > before);
    }
    wire.mode(FlakyProxy.Mode.PASS);
    RecordingView stored = stored(node);
    assertThat(state(node).detail()).isEmpty();
    Path movie = node.movie(ROOM, stored.id()).orElseThrow();
    assertThat(bucket.get("n/" + ROOM + "/" + stored.id() + "/recording.mp4", 0, 50_000_000))
        .isEqualTo(ByteBuffer.wrap(Files.readAllBytes(movie)));
    assertThat(bucket.unfinished("")).isEmpty();
    assertThat(node.vaultStatus().orElseThrow().failures()).isPositive();

    wire.mode(FlakyProxy.Mode.REFUSE);
    assertThatThrownBy(() -> get(node.erase(ROOM, stored.id())))
        .hasCauseInstanceOf(RecordingRefused.class)
        .hasMessageContaining("goes on by itself");
    assertThat(node.recordings(ROOM)).isEmpty();
    assertThat(movie).doesNotExist();
    node.close();
    wire.mode(FlakyProxy.Mode.PASS);
    node("one", RecordingKeys.NONE, true);
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(bucket.list("", ""))
                    .extracting(ObjectStore.Listed::key)
                    .containsExactly("n/claim"));
    Awaitility.await().until(() -> !Files.exists(movie.getParent()));
  }

  @Test
  void keysThatTheStoreDoesNotTakeAreToldAndNothingElseHappens() throws Exception {
    S3Settings wrong = server.settings(folder, wire.port(), S3Server.BUCKET, "another-secret");
    PackagerNode node = node("one", RecordingKeys.NONE, true, wrong);
    Broadcast broadcast = record(node);
    play(broadcast, 6);
    broadcast.close();
    Awaitility.await().until(() -> node.recordings(ROOM).getFirst().state().equals("ready"));
    Awaitility.await().until(() -> !state(node).detail().isEmpty());
    assertThat(state(node).state()).isEqualTo("uploading");
    assertThat(state(node).detail())
        .contains("does not take the credentials")
        .doesNotContain("another-secret");
    assertThat(node.movie(ROOM, node.recordings(ROOM).getFirst().id()).orElseThrow()).exists();
  }

  private PackagerNode node(String name, RecordingKeys keys, boolean keepLocal) throws IOException {
    S3Settings right = server.settings(folder, wire.port(), S3Server.BUCKET, "0123456789abcdef");
    return node(name, keys, keepLocal, right);
  }

  private PackagerNode node(
      String name, RecordingKeys keys, boolean keepLocal, S3Settings settings) {
    Vault vault =
        new Vault(
            () -> S3ObjectStore.open(settings),
            new VaultPolicy("n/", keepLocal, Duration.ofMillis(300), Duration.ofMillis(600)),
            Clock.systemUTC());
    PackagerNode node =
        PackagerNode.create(
            folder.resolve(name),
            Clock.systemUTC(),
            new RecordingPolicy(keys, Duration.ZERO, vault));
    nodes.add(node);
    return node;
  }

  private RecordingKeys keys() throws IOException {
    Path file = Files.writeString(folder.resolve("master"), "11".repeat(32) + "\n");
    return new RecordingKeys(MasterKeys.read(file, new SecureRandom()));
  }

  private static Broadcast record(PackagerNode node) throws Exception {
    Broadcast broadcast = node.open(ROOM, 1);
    format(broadcast, "video", Synthetic.PICTURE);
    format(broadcast, "audio", Synthetic.SOUND);
    get(broadcast.recording(true));
    return broadcast;
  }

  private static void format(Broadcast broadcast, String id, TrackFormat format) {
    broadcast.format(
        id,
        format.video(),
        format.width(),
        format.height(),
        format.bitrateBps(),
        format.codecConfig().toByteBuffer(),
        format.timescale(),
        AT);
  }

  private static void play(Broadcast broadcast, int seconds) {
    int sound = 0;
    for (int n = 0; n < seconds * 30; n++) {
      sample(broadcast, "video", Synthetic.picture(n));
      for (; sound * 1024L * 30 < (n + 1) * 48_000L; sound++) {
        sample(broadcast, "audio", Synthetic.sound(sound));
      }
    }
  }

  private static void sample(Broadcast broadcast, String id, Sample sample) {
    broadcast.sample(
        id,
        sample.payload().toByteBuffer(),
        sample.timeTicks(),
        sample.durationTicks(),
        sample.sync());
  }

  private RecordingView stored(PackagerNode node) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .until(() -> state(node).state().equals("stored"));
    return node.recordings(ROOM).getFirst();
  }

  private static RecordingView.Stored state(PackagerNode node) {
    RecordingView.Stored stored = node.recordings(ROOM).getFirst().kept().orElseThrow().stored();
    if (stored == null) {
      throw new AssertionError("there is a bucket");
    }
    return stored;
  }

  private static byte[] movie(PackagerNode node, String id) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (RecordedContent content = node.openMovie(ROOM, id).orElseThrow()) {
      assertThat(content.plain()).isEmpty();
      while (all.size() < content.length()) {
        ByteBuffer some = content.read(all.size(), 10_000);
        byte[] bytes = new byte[some.remaining()];
        some.get(bytes);
        all.writeBytes(bytes);
      }
    }
    return all.toByteArray();
  }

  /** Over HTTP, as people have it. */
  private static byte[] downloaded(PackagerNode node, String id, String range) throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      Router router = Router.router(vertx);
      RecordingDownload download = new RecordingDownload(node, vertx);
      router
          .get("/:file")
          .handler(
              context ->
                  download.serve(
                      context.request(),
                      ROOM,
                      RecordedFile.read(context.pathParam("file")).orElseThrow()));
      HttpServer http =
          get(
              vertx
                  .createHttpServer(TestServer.options())
                  .requestHandler(router)
                  .listen(0, "127.0.0.1")
                  .toCompletionStage());
      URI uri = URI.create("http://127.0.0.1:" + http.actualPort() + "/" + id + ".mp4");
      try (HttpClient client = HttpClient.newHttpClient()) {
        HttpResponse<byte[]> answer =
            client.send(
                HttpRequest.newBuilder(uri).header("Range", range).build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(206);
        return answer.body();
      }
    } finally {
      get(vertx.close().toCompletionStage());
    }
  }

  private long shipped(String id, String file) throws IOException {
    return bucket.list("n/" + ROOM + "/" + id + "/live/" + file + "/", "").stream()
        .mapToLong(ObjectStore.Listed::length)
        .sum();
  }

  private List<String> names(String below) throws IOException {
    String prefix = "n/" + below + "/";
    return bucket.list(prefix, "").stream()
        .map(object -> object.key().substring(prefix.length()))
        .toList();
  }

  private static <T> T get(CompletionStage<T> work) throws Exception {
    return work.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
