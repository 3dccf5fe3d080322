package dev.amphi.interactive.web;

import dev.amphi.interactive.api.Admission;
import dev.amphi.interactive.api.ClassDesk;
import dev.amphi.interactive.api.EncodedFrame;
import dev.amphi.interactive.api.Grant;
import dev.amphi.interactive.api.IceServer;
import dev.amphi.interactive.api.ParticipantView;
import dev.amphi.interactive.api.PictureChange;
import dev.amphi.interactive.api.ProgramRendition;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.api.RoomStatus;
import dev.amphi.interactive.api.StageListener;
import dev.amphi.interactive.api.TrackView;
import dev.amphi.interactive.transport.TransportFactory;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A stage behind a real HTTP server on a free port, with one room, {@code demo}. A token is {@code
 * id:role}.
 */
final class OpenDoors implements AutoCloseable, Admission, ClassDesk, StageListener {
  private static final RoomStatus STATUS =
      new RoomStatus("demo", "Demo", "lobby", "open", false, false, "speaker", 1);

  /** Complete frames so far, by participant and source. */
  final Map<String, AtomicInteger> frames = new ConcurrentHashMap<>();

  /** The audience as it was told last. */
  volatile int viewers;

  /** Who left so far. */
  final Set<String> left = ConcurrentHashMap.newKeySet();

  private final Vertx vertx = Vertx.vertx();
  private final StageNode node;
  private final HttpServer server;

  OpenDoors(TransportFactory transports) {
    StageConfig config = StageConfig.onPort(0).with(OpenDoors::relays);
    node = StageNode.create(vertx, config, transports, this, this, this);
    node.stage().open(STATUS).toCompletableFuture().join();
    Router router = Router.router(vertx);
    node.web().mount(router);
    server =
        InteractiveWeb.compress(
                vertx.createHttpServer(
                    InteractiveWeb.configure(new HttpServerOptions().setStrictThreadMode(true))))
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  private static List<IceServer> relays(String participantId) {
    return List.of(
        new IceServer(
            List.of(
                "turn:turn.example.org:3478?transport=udp",
                "turns:turn.example.org:443?transport=tcp"),
            "1:" + participantId,
            "a\"b"));
  }

  /** Puts the program on air, or off. */
  void onAir(List<String> renditions) {
    node.stage()
        .onAir(
            "demo", renditions.stream().map(name -> new ProgramRendition(name, 500_000)).toList());
  }

  /** Tells everybody in the room something of about this length. */
  void tellAll(int characters) {
    node.stage()
        .update(
            new RoomStatus(
                "demo", "x".repeat(characters), "lobby", "open", false, false, "speaker", 1));
  }

  URI http(String path) {
    return URI.create("http://127.0.0.1:" + server.actualPort() + path);
  }

  URI webSocket() {
    return URI.create("ws://127.0.0.1:" + server.actualPort() + "/ws");
  }

  static String offerOf(String peer) {
    try (InputStream in = OpenDoors.class.getResourceAsStream("/sdp/" + peer + ".sdp")) {
      if (in == null) {
        throw new IllegalArgumentException("No offer of " + peer);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Grant admit(String roomId, @Nullable String token, @Nullable String name) throws Refusal {
    if (!roomId.equals("demo")) {
      throw new Refusal(404, "unknown_room", "There is no class '" + roomId + "'.");
    }
    if (token == null) {
      return new Grant("anonymous", "Somebody", roomId, Role.VIEWER, Instant.MAX);
    }
    String[] words = token.split(":", 2);
    Role role = words.length < 2 ? null : Role.fromWireName(words[1]).orElse(null);
    if (role == null) {
      throw new Refusal(401, "unauthorized", "The token is not one of ours.");
    }
    return new Grant(words[0], words[0], roomId, role, Instant.parse("2099-01-01T00:00:00Z"));
  }

  @Override
  public void frame(String roomId, TrackView track, EncodedFrame frame) {
    if (frame.payload().hasRemaining()) {
      frames
          .computeIfAbsent(
              track.participantId() + " " + track.source().wireName(), key -> new AtomicInteger())
          .incrementAndGet();
    }
  }

  int framesOf(String key) {
    AtomicInteger counted = frames.get(key);
    return counted == null ? 0 : counted.get();
  }

  @Override
  public void participantChanged(String roomId, ParticipantView participant) {}

  @Override
  public void participantLeft(String roomId, String participantId) {
    left.add(participantId);
  }

  @Override
  public void speakerChanged(String roomId, String participantId) {}

  @Override
  public void viewersChanged(String roomId, int count) {
    viewers = count;
  }

  @Override
  public CompletionStage<RoomStatus> setLive(Grant actor, boolean live) {
    return CompletableFuture.completedFuture(STATUS);
  }

  @Override
  public CompletionStage<RoomStatus> setLayout(Grant actor, PictureChange change) {
    return CompletableFuture.completedFuture(STATUS);
  }

  @Override
  public CompletionStage<RoomStatus> setRecording(Grant actor, boolean recording, boolean paused) {
    return CompletableFuture.completedFuture(STATUS);
  }

  @Override
  public CompletionStage<RoomStatus> end(Grant actor) {
    return CompletableFuture.completedFuture(STATUS);
  }

  @Override
  public void close() {
    server.close().toCompletionStage().toCompletableFuture().join();
    node.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
