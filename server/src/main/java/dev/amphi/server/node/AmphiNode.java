package dev.amphi.server.node;

import dev.amphi.server.adapter.StageRelay;
import dev.amphi.server.config.ServerConfig;
import dev.amphi.server.room.Classrooms;
import dev.amphi.server.room.NodeParts;
import dev.amphi.server.token.ApiKey;
import dev.amphi.server.token.DevelopmentKey;
import dev.amphi.server.token.KeyRing;
import dev.amphi.server.web.Links;
import dev.amphi.server.web.RestApi;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** One running node. */
public final class AmphiNode implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(AmphiNode.class.getName());
  private static final int LONGEST_URL = 8_192;
  private static final int LONGEST_HEADERS = 16_384;

  private final ServerConfig config;
  private final KeyRing keys;
  private final Vertx vertx;
  private final NodeMetrics metrics = new NodeMetrics();
  private final Classrooms classrooms;
  private final NodeParts parts;
  private final HttpServer http;
  private volatile boolean ready;

  private AmphiNode(ServerConfig config, KeyRing keys) throws StartException {
    this.config = config;
    this.keys = keys;
    vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    StageRelay relay = new StageRelay(this::classrooms);
    parts = AbsentParts.parts(metrics);
    classrooms = new Classrooms(parts);
    metrics.gauge("amphi.rooms", "Rooms of this node", () -> classrooms.all().size());
    metrics.gauge("amphi.viewers", "People watching with signalling", relay::viewers);
    http = vertx.createHttpServer(httpOptions()).requestHandler(router(relay));
  }

  private Classrooms classrooms() {
    return classrooms;
  }

  /** Starts a node; when this returns, everything listens. */
  public static AmphiNode start(ServerConfig config) throws StartException {
    DataFolder.require(config.dataDir());
    AmphiNode node = new AmphiNode(config, keys(config));
    try {
      node.listen();
      return node;
    } catch (StartException e) {
      node.close();
      throw e;
    }
  }

  private static KeyRing keys(ServerConfig config) throws StartException {
    List<ApiKey> keys = new ArrayList<>();
    config.keys().forEach((id, secret) -> keys.add(new ApiKey(id, secret, false)));
    if (isLoopback(config.http().host()) && !config.keys().containsKey(ApiKey.DEVELOPMENT_ID)) {
      try {
        keys.add(DevelopmentKey.in(config.dataDir(), new SecureRandom()));
      } catch (IOException e) {
        throw new StartException(String.valueOf(e.getMessage()));
      }
    }
    KeyRing ring = new KeyRing(keys);
    if (ring.isEmpty()) {
      throw new StartException(
          "http.host is '"
              + config.http().host()
              + "', where the development key is not accepted, and there is no API key: add one"
              + " under 'keys' (an id with a secret of 32 characters or more).");
    }
    return ring;
  }

  private static boolean isLoopback(String host) throws StartException {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new StartException(
          "http.host is '" + host + "', which is no address of this machine: correct it.");
    }
  }

  private HttpServerOptions httpOptions() {
    return new HttpServerOptions()
        .setHost(config.http().host())
        .setPort(config.http().port())
        .setIdleTimeout((int) config.http().idleTimeout().toMillis())
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
        .setMaxInitialLineLength(LONGEST_URL)
        .setMaxHeaderSize(LONGEST_HEADERS)
        .setCompressionSupported(false)
        .addWebSocketSubProtocol("amphi.v1")
        .setMaxWebSocketFrameSize(65_536)
        .setMaxWebSocketMessageSize(65_536);
  }

  private Router router(StageRelay relay) {
    Router router = Router.router(vertx);
    RestApi.protect(router);
    RestApi rest =
        new RestApi(
            parts,
            classrooms,
            relay,
            keys,
            new Links(this::origin),
            InstantSource.system(),
            new SecureRandom(),
            config.http().maxBodyBytes());
    rest.mount(router);
    RestApi.mountRest(router, metrics.registry(), () -> ready);
    return router;
  }

  private void listen() throws StartException {
    try {
      http.listen().toCompletionStage().toCompletableFuture().join();
      ready = true;
    } catch (CompletionException e) {
      String where = config.http().port() + " on " + config.http().host();
      throw new StartException(
          e.getCause() instanceof BindException
              ? "http.port is "
                  + where
                  + ", which is in use or not an address of this machine: stop the other program, or"
                  + " choose another port with --http-port."
              : "http.port is " + where + ", which cannot be listened on: " + e.getCause());
    }
  }

  /** Where people reach this node. */
  public String origin() {
    return config.publicUrl().map(Object::toString).orElseGet(this::localOrigin);
  }

  /** Where this machine reaches this node. */
  public String localOrigin() {
    String host = config.http().host();
    boolean any = host.equals("0.0.0.0") || host.equals("::");
    String shown = any ? "127.0.0.1" : host.contains(":") ? "[" + host + "]" : host;
    return "http://" + shown + ":" + http.actualPort();
  }

  /** The classes of this node. */
  public Classrooms rooms() {
    return classrooms;
  }

  /** The keys that this node accepts. */
  public KeyRing keys() {
    return keys;
  }

  /** Ends the classes, so that recordings are whole, and stops everything. */
  @Override
  public void close() {
    ready = false;
    await("classes", classrooms.endAll("The node is being stopped."));
    await("http", http.shutdown(1, TimeUnit.SECONDS).toCompletionStage().toCompletableFuture());
    parts.stage().close();
    parts.packager().close();
    await("vertx", vertx.close().toCompletionStage().toCompletableFuture());
    metrics.close();
  }

  private static void await(String what, java.util.concurrent.CompletableFuture<?> done) {
    try {
      done.orTimeout(10, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      LOG.log(System.Logger.Level.WARNING, what + " did not stop in time: " + e.getCause());
    }
  }
}
