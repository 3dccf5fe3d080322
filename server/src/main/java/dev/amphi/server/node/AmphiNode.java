package dev.amphi.server.node;

import dev.amphi.cluster.Cluster;
import dev.amphi.cluster.node.NodeLoad;
import dev.amphi.interactive.transport.UdpTransportFactory;
import dev.amphi.server.adapter.ClusterOwners;
import dev.amphi.server.adapter.Readmission;
import dev.amphi.server.adapter.StageRelay;
import dev.amphi.server.config.ServerConfig;
import dev.amphi.server.room.Classrooms;
import dev.amphi.server.room.NodeParts;
import dev.amphi.server.token.KeyRing;
import io.vertx.core.Vertx;

/** One running node. */
public final class AmphiNode implements AutoCloseable {
  private static final long LEASE_TICK_MILLIS = 500;
  private static final long CLASS_TICK_MILLIS = 500;
  private static final long LOAD_TICK_MILLIS = 5_000;

  private final ServerConfig config;
  private final KeyRing keys;
  private final Vertx vertx;
  private final Cluster cluster;
  private final ClusterOwners owners;
  private final NodeParts parts;
  private final Classrooms classrooms;
  private final StageRelay relay;
  private final HttpFront http;
  private final Shutdown shutdown;
  private volatile boolean ready;

  AmphiNode(
      ServerConfig config,
      KeyRing keys,
      Vertx vertx,
      Cluster cluster,
      ClusterOwners owners,
      NodeParts parts,
      Classrooms classrooms,
      StageRelay relay,
      HttpFront http,
      Shutdown shutdown) {
    this.config = config;
    this.keys = keys;
    this.vertx = vertx;
    this.cluster = cluster;
    this.owners = owners;
    this.parts = parts;
    this.classrooms = classrooms;
    this.relay = relay;
    this.http = http;
    this.shutdown = shutdown;
  }

  /** As the other, without a look at the codecs. */
  public static AmphiNode start(ServerConfig config) throws StartException {
    return start(config, CodecCheck.none());
  }

  /** Starts a node; when this returns, everything listens. */
  public static AmphiNode start(ServerConfig config, CodecCheck codecs) throws StartException {
    Shutdown shutdown = new Shutdown();
    UdpTransportFactory.prepare();
    try {
      AmphiNode node = new NodeBuilder(config, codecs, shutdown).build();
      // What is opened again is held from its claim on, however long the rest takes.
      node.vertx.setPeriodic(LEASE_TICK_MILLIS, id -> node.owners.tick());
      node.vertx.setPeriodic(CLASS_TICK_MILLIS, id -> node.classrooms.tick());
      // Who comes back to a class must not be told that there is none.
      node.classrooms.reopen().join();
      new Readmission(node.cluster.removals(), node.parts.stage()).begin().join();
      node.http.listen();
      node.join();
      return node;
    } catch (StartException | RuntimeException e) {
      shutdown.close();
      throw e;
    }
  }

  /** Tells the other nodes where this one is. */
  private void join() {
    ready = true;
    publishLoad();
    vertx.setPeriodic(LOAD_TICK_MILLIS, id -> publishLoad());
  }

  private void publishLoad() {
    cluster
        .nodes()
        .publish(
            config.cluster().httpUrl().map(Object::toString).orElseGet(http::localOrigin), load());
  }

  private NodeLoad load() {
    return new NodeLoad(0, classrooms.all().size(), relay.participants(), relay.viewers(), !ready);
  }

  /** Whether the node takes classes. */
  boolean isReady() {
    return ready;
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

  /** The parts that the classes run on. */
  NodeParts parts() {
    return parts;
  }

  /** The keys that this node accepts. */
  public KeyRing keys() {
    return keys;
  }

  /** Ends the classes, so that recordings are whole, and stops everything. */
  @Override
  public void close() {
    ready = false;
    shutdown.close();
  }
}
