package dev.amphi.packager.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.packager.Ffmpeg;
import dev.amphi.packager.RealProgram;
import dev.amphi.packager.api.Broadcast;
import dev.amphi.packager.node.PackagerLimits;
import dev.amphi.packager.node.PackagerNode;
import dev.amphi.packager.playlist.MediaPlaylist;
import dev.amphi.packager.playlist.PlaylistReader;
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
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real caching proxies in front of a broadcast, with the configurations of {@code deploy}. */
final class EdgesIT {
  private static final int VIEWERS = 40;
  private static final long SECONDS = 30;

  private static RealProgram program;

  private Path folder;

  /** Who may watch; a room that is not here is open. */
  private final Map<String, Set<String>> members = new ConcurrentHashMap<>();

  /** What the node was asked, and how often. */
  private final Map<String, Integer> asked = new ConcurrentHashMap<>();

  private Vertx vertx;
  private PackagerNode node;
  private Broadcast broadcast;
  private int port;
  private @Nullable Edge edge;
  private HttpClient client = HttpClient.newHttpClient();

  @BeforeAll
  static void encode(@TempDir Path shared) throws IOException {
    program = RealProgram.encode(shared, 12);
  }

  @BeforeEach
  void start(@TempDir Path dir) throws Exception {
    folder = dir;
    vertx = Vertx.vertx();
    AtomicLong nanos = new AtomicLong();
    node =
        PackagerNode.create(
            dir.resolve("data"),
            Clock.systemUTC(),
            nanos::get,
            new PackagerLimits(8, 100, 512L << 20, 1L << 30, 600));
    Router router = Router.router(vertx);
    router
        .get("/ws")
        .handler(
            context ->
                context
                    .request()
                    .toWebSocket()
                    .onSuccess(socket -> socket.textMessageHandler(socket::writeTextMessage)));
    Handler<HttpServerRequest> requests = HlsHandler.mount(router, node, new Gate());
    HttpServer server =
        vertx
            .createHttpServer(TestServer.options())
            .requestHandler(
                request -> {
                  asked.merge(request.uri(), 1, Integer::sum);
                  requests.handle(request);
                })
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(SECONDS, TimeUnit.SECONDS);
    port = server.actualPort();
    broadcast = node.open("demo", 1);
    program.declare(broadcast, RealProgram.STARTS_AT);
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    if (edge != null) {
      edge.close();
    }
    node.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
  }

  private final class Gate implements AudienceGate {
    @Override
    public boolean mayWatch(String roomId, String tokenOrEmpty) {
      Set<String> who = members.get(roomId);
      return who == null || who.contains(tokenOrEmpty);
    }

    @Override
    public boolean isEdge(String edgeKey) {
      return edgeKey.equals(Edge.KEY);
    }
  }

  private void begin(String name) throws Exception {
    Edge started = Edge.start(name, Files.createDirectory(folder.resolve("edge")), port);
    edge = started;
    if (started.base().startsWith("https")) {
      client =
          HttpClient.newBuilder().sslContext(trusting(folder.resolve("edge/cert.pem"))).build();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nginx", "varnish", "both"})
  void manyViewersCostOneRequestAPart(String name) throws Exception {
    begin(name);
    program.play(broadcast, 0, 4);
    String list = "/hls/demo/" + run() + "/720p/index.m3u8";
    MediaPlaylist now = PlaylistReader.read(text(list));
    long msn = now.mediaSequence() + now.segments().size();
    int next = now.tail().parts().size();
    String reload = list + "?_HLS_msn=" + msn + "&_HLS_part=" + next;
    String hint = "/hls/demo/" + run() + "/720p/" + msn + "." + next + ".m4s";

    List<CompletableFuture<HttpResponse<byte[]>>> lists = many(i -> reload + "&utm=" + i);
    List<CompletableFuture<HttpResponse<byte[]>>> parts = many(i -> hint);
    Awaitility.await().atMost(SECONDS, TimeUnit.SECONDS).until(() -> node.pending().size() == 2);
    program.play(broadcast, 4, 4.7);

    assertAlike(lists);
    assertAlike(parts);
    assertThat(PlaylistReader.read(string(lists.getFirst().get())).tail().parts())
        .hasSizeGreaterThan(next);
    assertThat(asked.entrySet().stream().filter(one -> one.getKey().startsWith(reload)))
        .singleElement()
        .matches(one -> one.getValue() == 1, "asked once");
    assertThat(asked.get(hint)).isEqualTo(1);
  }

  /** Varnish hands on what it is being given; nginx would keep it back until it has all. */
  @ParameterizedTest
  @ValueSource(strings = {"nginx", "varnish", "both"})
  void whatIsBeingMadeReachesViewersPartByPart(String name) throws Exception {
    begin(name);
    program.play(broadcast, 0, 3.5);
    String growing = "/hls/demo/" + run() + "/720p/2.now.m4s";
    byte[] first = get("/hls/demo/" + run() + "/720p/2.0.m4s").body();
    List<HttpResponse<InputStream>> viewers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      viewers.add(client.send(request(growing).build(), HttpResponse.BodyHandlers.ofInputStream()));
      assertThat(viewers.getLast().body().readNBytes(first.length)).isEqualTo(first);
    }
    program.play(broadcast, 3.5, 6);
    byte[] whole = get("/hls/demo/" + run() + "/720p/2.m4s").body();
    for (HttpResponse<InputStream> viewer : viewers) {
      assertThat(viewer.body().readAllBytes())
          .isEqualTo(Arrays.copyOfRange(whole, first.length, whole.length));
    }
    assertThat(asked.get(growing)).isEqualTo(name.equals("nginx") ? viewers.size() : 1);
    assertThat(get(growing).body()).isEqualTo(whole);
  }

  /** An edge's own idea of the time, or an old one, would set players wrong. */
  @ParameterizedTest
  @ValueSource(strings = {"nginx", "varnish", "both"})
  void theTimeIsToldByTheNode(String name) throws Exception {
    begin(name);
    for (int i = 0; i < 3; i++) {
      assertThat(text("/hls/time")).startsWith("20").endsWith("Z");
    }
    assertThat(asked.get("/hls/time")).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nginx", "varnish", "both"})
  void whatIsNotThereYetIsNotRemembered(String name) throws Exception {
    begin(name);
    program.play(broadcast, 0, 4);
    String folder = "/hls/demo/" + run() + "/720p/";
    assertThat(get(folder + "3.m4s").statusCode()).isEqualTo(404);
    assertThat(get(folder + "index.m3u8?_HLS_msn=5").statusCode()).isEqualTo(400);
    program.play(broadcast, 4, 10);
    assertThat(get(folder + "3.m4s").statusCode()).isEqualTo(200);
    assertThat(get(folder + "index.m3u8?_HLS_msn=5").statusCode()).isEqualTo(200);
    HttpResponse<byte[]> range =
        client.send(
            request(folder + "3.m4s").header("Range", "bytes=4-7").build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(range.statusCode()).isEqualTo(206);
    assertThat(string(range)).isEqualTo("styp");
    HttpResponse<byte[]> whole = get(folder + "3.m4s");
    assertThat(whole.headers().firstValue("cache-control"))
        .hasValue("public, max-age=31536000, immutable");
    assertThat(asked.get(folder + "3.m4s")).as("once before, once after").isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nginx", "varnish", "both"})
  void aClosedClassIsKeptOnceAndShownToItsMembersOnly(String name) throws Exception {
    begin(name);
    program.play(broadcast, 0, 4);
    members.put("demo", ConcurrentHashMap.newKeySet());
    members.get("demo").addAll(Set.of("ada.a.a", "ben.b.b"));
    String file = "demo/" + run() + "/720p/0.m4s";
    String list = "demo/" + run() + "/720p/index.m3u8";

    HttpResponse<byte[]> stranger = get("/hls/" + file);
    assertThat(stranger.statusCode()).isEqualTo(401);
    assertThat(stranger.headers().firstValue("content-type")).hasValue("application/problem+json");
    assertThat(get("/hls/~eve.e.e/" + file).statusCode()).isEqualTo(403);
    for (String member : List.of("ada.a.a", "ben.b.b")) {
      assertThat(get("/hls/~" + member + "/" + file).statusCode()).isEqualTo(200);
      String text = text("/hls/~" + member + "/" + list);
      assertThat(text).contains("0.m4s").doesNotContain(member);
    }
    HttpResponse<byte[]> byHeader =
        client.send(
            request("/hls/" + file).header("Authorization", "Bearer ada.a.a").build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(byHeader.statusCode()).isEqualTo(200);
    assertThat(byHeader.headers().firstValue("cache-control"))
        .as("nobody behind the edge keeps it")
        .hasValue("private, max-age=31536000, immutable");
    assertThat(byHeader.headers().firstValue("x-accel-expires")).isEmpty();
    assertThat(asked.get("/hls/" + file))
        .as("the stranger, and once for both")
        .isEqualTo(name.equals("nginx") ? 2 : 1);
    assertThat(asked.get("/hls/demo/admission")).as("nobody, and each of three").isEqualTo(4);

    // What is kept is for those whom the node admits, and no word of a viewer's changes that.
    assertThat(get("/hls/" + file).statusCode()).isEqualTo(401);
    HttpResponse<byte[]> pretending =
        client.send(
            request("/hls/" + file).header("Amphi-Edge", Edge.KEY).build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(pretending.statusCode()).isEqualTo(401);
    members.get("demo").remove("ben.b.b");
    Awaitility.await()
        .atMost(SECONDS, TimeUnit.SECONDS)
        .until(() -> get("/hls/~ben.b.b/" + file).statusCode() == 403);
    assertThat(get("/hls/~ada.a.a/" + file).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nginx", "varnish", "both"})
  void nobodyWalksFromOneClassIntoAnother(String name) throws Exception {
    begin(name);
    program.play(broadcast, 0, 4);
    members.put("demo", Set.of("ada.a.a"));
    String port = base().substring(base().lastIndexOf(':') + 1);
    for (String path :
        List.of("/hls/open/../demo/index.m3u8", "/hls/open/%2e%2e/demo/index.m3u8")) {
      assertThat(asItStands(Integer.parseInt(port), path)).as(path).doesNotContain("#EXTM3U");
    }
    assertThat(get("/hls/~ada.a.a/demo/index.m3u8").statusCode()).isEqualTo(200);
  }

  /** What is answered to an address that no client of Java's would send as it is. */
  private String asItStands(int edgePort, String path) throws Exception {
    try (Socket socket =
        base().startsWith("https")
            ? trusting(folder.resolve("edge/cert.pem"))
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), edgePort)
            : new Socket(InetAddress.getLoopbackAddress(), edgePort)) {
      String request = "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      assertThat(answer).startsWith("HTTP/1.1 4");
      return answer;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nginx", "varnish", "both"})
  void aTokenAsAParameterGoesPastTheCache(String name) throws Exception {
    begin(name);
    program.play(broadcast, 0, 4);
    members.put("demo", Set.of("ada.a.a"));
    String list = text("/hls/demo/" + run() + "/720p/index.m3u8?token=ada.a.a");
    assertThat(list).contains("0.m4s?token=ada.a.a");
    assertThat(get("/hls/demo/" + run() + "/720p/0.m4s?token=ada.a.a").statusCode()).isEqualTo(200);
    assertThat(get("/hls/demo/" + run() + "/720p/0.m4s").statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nginx", "varnish", "both"})
  void preflightsSocketsAndPlayersPass(String name) throws Exception {
    begin(name);
    program.play(broadcast, 0, 12);
    broadcast.close();
    HttpResponse<byte[]> preflight =
        client.send(
            request("/hls/demo/index.m3u8")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(preflight.statusCode()).isEqualTo(204);
    assertThat(preflight.headers().firstValue("access-control-allow-origin")).hasValue("*");

    CompletableFuture<String> echo = new CompletableFuture<>();
    WebSocket socket =
        client
            .newWebSocketBuilder()
            .buildAsync(
                URI.create(base().replaceFirst("http", "ws") + "/ws"),
                new WebSocket.Listener() {
                  @Override
                  public CompletionStage<?> onText(WebSocket ws, CharSequence data, boolean last) {
                    echo.complete(data.toString());
                    return WebSocket.Listener.super.onText(ws, data, last);
                  }
                })
            .get(SECONDS, TimeUnit.SECONDS);
    socket.sendText("hello", true).get(SECONDS, TimeUnit.SECONDS);
    assertThat(echo.get(SECONDS, TimeUnit.SECONDS)).isEqualTo("hello");
    socket.abort();

    Path file = folder.resolve("played.mp4");
    String list = base() + "/hls/demo/index.m3u8";
    Ffmpeg.run("-i", list, "-map", "0:v", "-map", "0:a", "-c", "copy", file.toString());
    Ffmpeg.decode(file.toString());
  }

  @Test
  void nginxSpeaksHttp2AndUnpacksForWhoAsks() throws Exception {
    begin("nginx");
    program.play(broadcast, 0, 4);
    String list = "/hls/demo/" + run() + "/720p/index.m3u8";
    HttpResponse<byte[]> plain = get(list);
    assertThat(plain.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(string(plain)).startsWith("#EXTM3U");
    HttpResponse<byte[]> packed =
        client.send(
            request(list).header("Accept-Encoding", "gzip").build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(packed.headers().firstValue("content-encoding")).hasValue("gzip");
    assertThat(asked.get(list)).isEqualTo(1);
    assertThat(Files.readString(folder.resolve("edge/amphi.log"))).contains(list);
    get("/hls/~ada.a.a/demo/index.m3u8?x=ada.a.a");
    Awaitility.await()
        .until(() -> Files.readString(folder.resolve("edge/amphi.log")).contains("/hls/~/demo/"));
    assertThat(Files.readString(folder.resolve("edge/amphi.log"))).doesNotContain("ada.a.a");
  }

  private List<CompletableFuture<HttpResponse<byte[]>>> many(
      java.util.function.IntFunction<String> path) {
    return IntStream.range(0, VIEWERS)
        .mapToObj(
            i ->
                client.sendAsync(
                    request(path.apply(i)).build(), HttpResponse.BodyHandlers.ofByteArray()))
        .toList();
  }

  private static void assertAlike(List<CompletableFuture<HttpResponse<byte[]>>> answers)
      throws Exception {
    byte[] first = answers.getFirst().get(SECONDS, TimeUnit.SECONDS).body();
    assertThat(first).isNotEmpty();
    for (CompletableFuture<HttpResponse<byte[]>> answer : answers) {
      HttpResponse<byte[]> one = answer.get(SECONDS, TimeUnit.SECONDS);
      assertThat(one.statusCode()).isEqualTo(200);
      assertThat(one.body()).isEqualTo(first);
    }
  }

  private String base() {
    return Objects.requireNonNull(edge).base();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base() + path));
  }

  private HttpResponse<byte[]> get(String path) throws Exception {
    return client.send(request(path).build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private String text(String path) throws Exception {
    HttpResponse<byte[]> answer = get(path);
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    return string(answer);
  }

  private static String string(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private String run() {
    return node.program("demo").orElseThrow().window().run();
  }

  private static SSLContext trusting(Path certificate) throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (var in = Files.newInputStream(certificate)) {
      store.setCertificateEntry(
          "edge", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
