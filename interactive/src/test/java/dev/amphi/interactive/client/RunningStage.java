package dev.amphi.interactive.client;

import dev.amphi.interactive.api.Admission;
import dev.amphi.interactive.api.ClassDesk;
import dev.amphi.interactive.api.EncodedFrame;
import dev.amphi.interactive.api.Grant;
import dev.amphi.interactive.api.ParticipantView;
import dev.amphi.interactive.api.PictureChange;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.api.RoomStatus;
import dev.amphi.interactive.api.StageListener;
import dev.amphi.interactive.api.TrackView;
import dev.amphi.interactive.transport.UdpTransportFactory;
import dev.amphi.interactive.web.InteractiveWeb;
import dev.amphi.interactive.web.StageConfig;
import dev.amphi.interactive.web.StageNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A real stage on free ports with the room {@code demo}. A token here is {@code role:name}; signed
 * ones are the server's matter.
 */
final class RunningStage implements AutoCloseable, Admission, ClassDesk, StageListener {
  static final RoomStatus STATUS =
      new RoomStatus("demo", "Demo", "lobby", "open", false, false, "speaker", 1);

  final Map<String, AtomicLong> framesByTrack = new ConcurrentHashMap<>();
  private final Vertx vertx = Vertx.vertx();
  private final StageNode node;
  private final HttpServer http;

  RunningStage() {
    node =
        StageNode.create(
            vertx,
            StageConfig.onPort(0),
            UdpTransportFactory.open(0, new SecureRandom(), Clock.systemUTC()),
            this,
            this,
            this);
    Router router = Router.router(vertx);
    node.web().mount(router);
    http =
        done(
            vertx
                .createHttpServer(
                    InteractiveWeb.configure(new HttpServerOptions().setStrictThreadMode(true)))
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage());
    done(node.stage().open(STATUS));
  }

  Vertx vertx() {
    return vertx;
  }

  URI socket() {
    return URI.create("ws://127.0.0.1:" + http.actualPort() + "/ws");
  }

  URI http(String path) {
    return URI.create("http://127.0.0.1:" + http.actualPort() + path);
  }

  static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  @Override
  public Grant admit(String roomId, @Nullable String token, @Nullable String name) throws Refusal {
    if (token == null) {
      return new Grant("v-" + name, String.valueOf(name), roomId, Role.VIEWER, Instant.MAX);
    }
    String[] parts = token.split(":", 2);
    Role role =
        Role.fromWireName(parts[0])
            .orElseThrow(() -> new Refusal(401, "unauthorized", "No such token."));
    return new Grant(parts[1], parts[1], roomId, role, Instant.MAX);
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
  public void participantChanged(String roomId, ParticipantView participant) {}

  @Override
  public void participantLeft(String roomId, String participantId) {}

  @Override
  public void speakerChanged(String roomId, String participantId) {}

  @Override
  public void frame(String roomId, TrackView track, EncodedFrame frame) {
    framesByTrack
        .computeIfAbsent(track.participantId() + "/" + track.codec(), any -> new AtomicLong())
        .incrementAndGet();
  }

  @Override
  public void viewersChanged(String roomId, int viewers) {}

  @Override
  public void close() {
    node.close();
    done(http.close().toCompletionStage());
    done(vertx.close().toCompletionStage());
  }
}
