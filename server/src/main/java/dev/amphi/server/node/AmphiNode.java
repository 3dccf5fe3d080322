package dev.amphi.server.node;

import dev.amphi.cluster.Cluster;
import dev.amphi.cluster.node.NodeLoad;
import dev.amphi.interactive.api.Stage;
import dev.amphi.server.adapter.ClusterOwners;
import dev.amphi.server.adapter.StageRelay;
import dev.amphi.server.config.ServerConfig;
import dev.amphi.server.proxy.OwnerProxy;
import dev.amphi.server.room.Classrooms;
import dev.amphi.server.room.NodeParts;
import dev.amphi.server.token.KeyRing;
import dev.amphi.server.web.Links;
import dev.amphi.server.web.RestApi;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.ext.web.Router;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** One running node. */
public final class AmphiNode implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(AmphiNode.class.getName());
  private static final long LEASE_TICK_MILLIS = 500;
  private static final long LOAD_TICK_MILLIS = 5_000;
  private static final int STOP_SECONDS = 10;

  private final ServerConfig config;
  private final KeyRing keys;
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
  private final NodeMetrics metrics = new NodeMetrics();
  private final StageRelay relay = new StageRelay(this::rooms);
  private final Cluster cluster;
  private final ClusterOwners owners;
  private final NodeParts parts;
  private final Classrooms classrooms;
  private final HttpFront http;
  private volatile boolean ready;

  private AmphiNode(ServerConfig config, KeyRing keys) throws StartException {
    this.config = config;
    this.keys = keys;
    cluster = ClusterLink.join(config.cluster());
    owners = new ClusterOwners(cluster, System::nanoTime);
    parts = AbsentParts.parts(metrics);
    classrooms = new Classrooms(parts, owners);
    metrics.gauge("amphi.rooms", "Rooms of this node", () -> classrooms.all().size());
    metrics.gauge("amphi.viewers", "People watching with signalling", relay::viewers);
    http = new HttpFront(config, vertx, router());
  }

  /** Starts a node; when this returns, everything listens. */
  public static AmphiNode start(ServerConfig config) throws StartException {
    DataFolder.require(config.dataDir());
    AmphiNode node = new AmphiNode(config, NodeKeys.of(config));
    try {
      node.http.listen();
    } catch (StartException e) {
      node.close();
      throw e;
    }
    node.join();
    node.ready = true;
    return node;
  }

  private Router router() {
    Router router = Router.router(vertx);
    if (config.cluster().enabled()) {
      OwnerProxy.mount(router, vertx, cluster, System::nanoTime);
    }
    RestApi.protect(router);
    new RestApi(
            parts,
            classrooms,
            relay,
            keys,
            new Links(this::origin),
            InstantSource.system(),
            new SecureRandom(),
            config.http().maxBodyBytes())
        .mount(router);
    RestApi.mountRest(router, metrics.registry(), () -> ready);
    return router;
  }

  /** Tells the other nodes where this one is, and keeps what it holds. */
  private void join() {
    publishLoad();
    vertx.setPeriodic(LEASE_TICK_MILLIS, id -> owners.tick());
    vertx.setPeriodic(LOAD_TICK_MILLIS, id -> publishLoad());
  }

  private void publishLoad() {
    cluster
        .nodes()
        .publish(
            config.cluster().httpUrl().map(Object::toString).orElseGet(http::localOrigin),
            new NodeLoad(0, classrooms.all().size(), 0, relay.viewers(), !ready));
  }

  /** Where people reach this node. */
  public String origin() {
    return http.origin();
  }

  /** Where this machine reaches this node. */
  public String localOrigin() {
    return http.localOrigin();
  }

  /** The classes of this node. */
  public Classrooms rooms() {
    return classrooms;
  }

  /** The stage of this node. */
  Stage stage() {
    return parts.stage();
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
    await("http", http.stop());
    parts.stage().close();
    parts.packager().close();
    cluster.close();
    await("vertx", vertx.close().toCompletionStage().toCompletableFuture());
    metrics.close();
  }

  private static void await(String what, CompletableFuture<?> done) {
    try {
      done.orTimeout(STOP_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      LOG.log(System.Logger.Level.WARNING, "{0} did not stop in time: {1}", what, e.getCause());
    }
  }
}
