package dev.amphi.server.node;

import dev.amphi.cluster.Cluster;
import dev.amphi.interactive.transport.TransportFactory;
import dev.amphi.interactive.web.InteractiveWeb;
import dev.amphi.interactive.web.StageConfig;
import dev.amphi.interactive.web.StageNode;
import dev.amphi.server.adapter.ClassroomDesk;
import dev.amphi.server.adapter.ClusterOwners;
import dev.amphi.server.adapter.RoomAdmission;
import dev.amphi.server.adapter.StageRelay;
import dev.amphi.server.config.ServerConfig;
import dev.amphi.server.proxy.OwnerProxy;
import dev.amphi.server.room.Classrooms;
import dev.amphi.server.room.NodeParts;
import dev.amphi.server.token.KeyRing;
import dev.amphi.server.token.TokenVerifier;
import dev.amphi.server.web.Links;
import dev.amphi.server.web.RestApi;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.ext.web.Router;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** Makes a node's parts in the order in which they need each other. */
final class NodeBuilder {
  private final ServerConfig config;
  private final Shutdown shutdown;
  private final SecureRandom random = new SecureRandom();
  private final InstantSource clock = InstantSource.system();

  NodeBuilder(ServerConfig config, Shutdown shutdown) {
    this.config = config;
    this.shutdown = shutdown;
  }

  /** Everything made and nothing listening, but for the media port. */
  AmphiNode build() throws StartException {
    DataFolder.require(config.dataDir());
    KeyRing keys = NodeKeys.of(config);
    NodeMetrics metrics = new NodeMetrics();
    shutdown.add("metrics", metrics);
    Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    shutdown.add(
        "vertx", () -> Shutdown.await(vertx.close().toCompletionStage().toCompletableFuture()));
    Cluster cluster = ClusterLink.join(config.cluster());
    shutdown.add("cluster", cluster);

    // The stage, the classes and their commands know each other; the classes come last.
    AtomicReference<Classrooms> later = new AtomicReference<>();
    StageRelay relay = new StageRelay(later::get);
    StageNode stage = stage(vertx, keys, relay, later);
    shutdown.add("stage", stage);
    NodeParts parts = AbsentParts.parts(stage.stage(), metrics);
    ClusterOwners owners = new ClusterOwners(cluster, System::nanoTime);
    Classrooms classrooms = new Classrooms(parts, owners);
    later.set(classrooms);

    metrics.gauge("amphi.rooms", "Rooms of this node", () -> classrooms.all().size());
    metrics.gauge("amphi.viewers", "People watching with signalling", relay::viewers);
    Router router = Router.router(vertx);
    HttpFront http = new HttpFront(config, vertx, router);
    shutdown.add("http", () -> Shutdown.await(http.stop()));
    shutdown.add("classes", () -> Shutdown.await(classrooms.endAll("The node is being stopped.")));
    AmphiNode node =
        new AmphiNode(
            config, keys, vertx, cluster, owners, parts, classrooms, relay, http, shutdown);
    mount(router, node, metrics, stage.web(), relay, vertx, cluster);
    return node;
  }

  private StageNode stage(
      Vertx vertx, KeyRing keys, StageRelay relay, AtomicReference<Classrooms> classrooms)
      throws StartException {
    StageConfig stage = StageConfig.onPort(config.media().port());
    try {
      TransportFactory transports = AbsentParts.transports(stage.mediaPort());
      return StageNode.create(
          vertx,
          stage,
          transports,
          new RoomAdmission(classrooms::get, new TokenVerifier(keys), clock),
          new ClassroomDesk(classrooms::get),
          relay);
    } catch (IllegalStateException e) {
      throw new StartException(String.valueOf(e.getMessage()));
    }
  }

  private void mount(
      Router router,
      AmphiNode node,
      NodeMetrics metrics,
      InteractiveWeb interactive,
      StageRelay relay,
      Vertx vertx,
      Cluster cluster) {
    if (config.cluster().enabled()) {
      OwnerProxy.mount(router, vertx, cluster, System::nanoTime);
    }
    RestApi.protect(router);
    interactive.mount(router);
    new RestApi(
            node.parts(),
            node.rooms(),
            relay,
            node.keys(),
            new Links(node::origin),
            clock,
            random,
            config.http().maxBodyBytes())
        .mount(router);
    RestApi.mountRest(router, metrics.registry(), node::isReady);
  }
}
