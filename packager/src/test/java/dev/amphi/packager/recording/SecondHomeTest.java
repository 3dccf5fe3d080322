package dev.amphi.packager.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amphi.packager.api.Packager.RecordingListener;
import dev.amphi.packager.api.RecordingRefused;
import dev.amphi.packager.api.RecordingView;
import dev.amphi.packager.crypt.MasterKeys;
import dev.amphi.packager.node.PackagerNode;
import dev.amphi.packager.vault.MemoryObjectStore;
import dev.amphi.packager.vault.ObjectStore;
import dev.amphi.packager.vault.StoreException;
import dev.amphi.packager.vault.Vault;
import dev.amphi.packager.vault.VaultPolicy;
import dev.amphi.packager.web.RecordingDownload;
import dev.amphi.packager.web.TestServer;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recordings whose media is in a store that does not answer. */
final class SecondHomeTest {
  private static final String ROOM = "demo";
  private static final int VIEWERS = 20;

  private final MemoryObjectStore memory = new MemoryObjectStore();
  private final AtomicInteger waiting = new AtomicInteger();
  private final CountDownLatch answers = new CountDownLatch(1);
  private volatile boolean stalled;
  private Path folder;
  private PackagerNode node;

  @BeforeEach
  void start(@TempDir Path shared) {
    folder = shared;
    node = node(RecordingKeys.NONE);
  }

  @AfterEach
  void stop() {
    answers.countDown();
    node.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void viewersOfAStoreThatStallsHoldUpNobodyElse(boolean encrypted) throws Exception {
    RecordingView view = away(encrypted ? keys() : RecordingKeys.NONE);
    byte[] movie = movie(view.id());
    Vertx vertx = Vertx.vertx(new VertxOptions().setWorkerPoolSize(2));
    try (HttpClient client = HttpClient.newHttpClient()) {
      RecordingDownload download = new RecordingDownload(node, vertx);
      URI uri = serve(vertx, download, view.id());
      stalled = true;
      List<CompletableFuture<HttpResponse<byte[]>>> viewers = new ArrayList<>();
      for (int n = 0; n < VIEWERS; n++) {
        viewers.add(
            client.sendAsync(
                HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray()));
      }
      Awaitility.await().until(() -> waiting.get() >= 2);
      long size = get(vertx.executeBlocking(() -> download.size(view), false).toCompletionStage());
      assertThat(size).as("the catalogue asks no store").isEqualTo(movie.length);
      answers.countDown();
      for (CompletableFuture<HttpResponse<byte[]>> viewer : viewers) {
        assertThat(get(viewer).statusCode()).isEqualTo(200);
        assertThat(get(viewer).body()).isEqualTo(movie);
      }
    } finally {
      answers.countDown();
      get(vertx.close().toCompletionStage());
    }
  }

  @Test
  void aPartThatWasTakenAwayIsNotServedThoughTheStoreHasItStill() throws Exception {
    RecordingView view = away(RecordingKeys.NONE);
    get(node.trim(ROOM, view.id(), 0, 1.5));
    Awaitility.await().until(() -> node.isAway(ROOM, view.id(), RecordedFile.TRIMMED));
    assertThat(node.openFile(ROOM, view.id(), RecordedFile.TRIMMED)).isPresent();
    memory.fails(silent());
    get(node.untrim(ROOM, view.id()));
    assertThat(node.openFile(ROOM, view.id(), RecordedFile.TRIMMED)).isEmpty();
  }

  @Test
  void anErasureIsToldWhenTheStoreHasNothingOfItAnyMore() throws Exception {
    RecordingView view = away(keys());
    Erased news = new Erased();
    node.onRecordingChanged(news);
    memory.fails(silent());
    assertThatThrownBy(() -> get(node.erase(ROOM, view.id())))
        .hasCauseInstanceOf(RecordingRefused.class);
    memory.fails(null);
    Awaitility.await().until(() -> !news.told.isEmpty());
    assertThat(news.told).containsExactly(ROOM + "/" + view.id() + ", left []");
  }

  @Test
  void anErasureThatTheNextStartGoesOnWithIsToldOnce() throws Exception {
    RecordingView view = away(keys());
    Erased early = new Erased();
    node.onRecordingChanged(early);
    memory.fails(silent());
    assertThatThrownBy(() -> get(node.erase(ROOM, view.id())))
        .hasCauseInstanceOf(RecordingRefused.class);
    node.close();
    memory.fails(null);
    node = node(keys());
    Path recordings = folder.resolve("recordings").resolve(ROOM);
    Awaitility.await().until(() -> !Files.exists(recordings.resolve(view.id())));
    Erased news = new Erased();
    node.onRecordingChanged(news);
    Awaitility.await().until(() -> !news.told.isEmpty());
    assertThat(news.told).containsExactly(ROOM + "/" + view.id() + ", left []");
    assertThat(early.told).isEmpty();
  }

  /** Hears of erasures, and looks at once what is left. */
  private final class Erased implements RecordingListener {
    private final List<String> told = new CopyOnWriteArrayList<>();

    @Override
    public void changed(RecordingView view) {}

    @Override
    public void erased(String room, String id) {
      List<String> left =
          memory.keys().stream().filter(key -> key.startsWith("n/" + room + "/" + id)).toList();
      told.add(room + "/" + id + ", left " + left);
    }
  }

  /** A recording that is ready, and whose MP4 is in the store only. */
  private RecordingView away(RecordingKeys keys) throws Exception {
    node.close();
    Recorded.in(folder.resolve("recordings"), ROOM, keys);
    node = node(keys);
    Awaitility.await()
        .until(
            () -> {
              List<RecordingView> all = node.recordings(ROOM);
              return all.size() == 1
                  && all.getFirst().state().equals("ready")
                  && node.isAway(ROOM, all.getFirst().id(), RecordedFile.MOVIE);
            });
    return node.recordings(ROOM).getFirst();
  }

  private PackagerNode node(RecordingKeys keys) {
    Vault vault = new Vault(this::store, VaultPolicy.of("n/", false), Clock.systemUTC());
    return PackagerNode.create(
        folder, Clock.systemUTC(), new RecordingPolicy(keys, Duration.ZERO, vault));
  }

  /** Says nothing about MP4s while it is stalled. */
  private ObjectStore store() {
    return (ObjectStore)
        Proxy.newProxyInstance(
            ObjectStore.class.getClassLoader(),
            new Class<?>[] {ObjectStore.class},
            (proxy, method, arguments) -> {
              if (stalled && method.getName().equals("get")) {
                waiting.incrementAndGet();
                answers.await();
              }
              try {
                return method.invoke(memory, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static StoreException silent() {
    return new StoreException(StoreException.Kind.AWAY, "it cannot be reached");
  }

  private RecordingKeys keys() throws IOException {
    Path file = Files.writeString(folder.resolve("keys"), "11".repeat(32));
    return new RecordingKeys(MasterKeys.read(file, new SecureRandom()));
  }

  private static URI serve(Vertx vertx, RecordingDownload download, String id) throws Exception {
    Router router = Router.router(vertx);
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
    return URI.create("http://127.0.0.1:" + http.actualPort() + "/" + id + ".mp4");
  }

  private byte[] movie(String id) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (RecordedContent content = node.openMovie(ROOM, id).orElseThrow()) {
      while (all.size() < content.length()) {
        ByteBuffer some = content.read(all.size(), 10_000);
        byte[] bytes = new byte[some.remaining()];
        some.get(bytes);
        all.writeBytes(bytes);
      }
    }
    return all.toByteArray();
  }

  private static <T> T get(CompletionStage<T> work) throws Exception {
    return work.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
