package dev.amphi.server.node;

import dev.amphi.cluster.Cluster;
import dev.amphi.composer.process.ProcessComposer;
import dev.amphi.composer.slides.RendererCommand;
import dev.amphi.composer.slides.SlideRenderer;
import dev.amphi.interactive.api.IceServers;
import dev.amphi.interactive.api.ParticipantView;
import dev.amphi.interactive.api.StageAct;
import dev.amphi.interactive.room.RoomLimits;
import dev.amphi.interactive.transport.UdpTransportFactory;
import dev.amphi.interactive.transport.port.MediaPortConfig;
import dev.amphi.interactive.web.StageConfig;
import dev.amphi.interactive.web.StageNode;
import dev.amphi.packager.api.TrackComposer;
import dev.amphi.packager.crypt.KeyUnavailableException;
import dev.amphi.packager.crypt.MasterKeys;
import dev.amphi.packager.node.PackagerNode;
import dev.amphi.packager.recording.RecordingKeys;
import dev.amphi.packager.recording.RecordingPolicy;
import dev.amphi.packager.s3.S3ObjectStore;
import dev.amphi.packager.s3.S3Settings;
import dev.amphi.packager.vault.Vault;
import dev.amphi.packager.vault.VaultPolicy;
import dev.amphi.packager.web.HlsHandler;
import dev.amphi.packager.web.RecordingDownload;
import dev.amphi.server.adapter.ClassroomDesk;
import dev.amphi.server.adapter.ClusterOwners;
import dev.amphi.server.adapter.RoomAdmission;
import dev.amphi.server.adapter.RoomAudience;
import dev.amphi.server.adapter.SlideDesk;
import dev.amphi.server.adapter.StageRelay;
import dev.amphi.server.config.ServerConfig;
import dev.amphi.server.proxy.OwnerProxy;
import dev.amphi.server.push.PushTrust;
import dev.amphi.server.push.Pushes;
import dev.amphi.server.room.ClassClock;
import dev.amphi.server.room.Classroom;
import dev.amphi.server.room.Classrooms;
import dev.amphi.server.room.NodeParts;
import dev.amphi.server.room.RoomStore;
import dev.amphi.server.slides.DeckShelf;
import dev.amphi.server.token.KeyRing;
import dev.amphi.server.token.TokenVerifier;
import dev.amphi.server.token.TurnCredentials;
import dev.amphi.server.web.AuditLimit;
import dev.amphi.server.web.ClientAddress;
import dev.amphi.server.web.Links;
import dev.amphi.server.web.OfferAudit;
import dev.amphi.server.web.RestApi;
import dev.amphi.server.web.RestAudit;
import dev.amphi.server.webhook.ClassEvents;
import dev.amphi.server.webhook.Webhooks;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes a node's parts in the order in which they need each other. */
final class NodeBuilder {
  private static final long SAMPLE_MILLIS = 5_000;
  private static final long PUSH_MILLIS = 500;

  private static final long AUDIT_FILE_BYTES = 16L * 1024 * 1024;

  /** A relay may move. */
  private static final long LOOK_UP_MILLIS = 300_000;

  private static final long STATS_FILE_BYTES = 8L * 1024 * 1024;

  private final ServerConfig config;
  private final CodecCheck codecs;
  private final Shutdown shutdown;
  private final SecureRandom random = new SecureRandom();
  private final Clock clock = Clock.systemUTC();
  private final NodeMetrics metrics = new NodeMetrics();
  private final SampledMetrics sampledMetrics = new SampledMetrics(metrics.registry());
  private final StageMetrics stageMetrics;
  private final SlideDesk slides;

  /** The stage, the classes and their commands know each other; the classes come last. */
  private final AtomicReference<Classrooms> classrooms = new AtomicReference<>();

  NodeBuilder(ServerConfig config, CodecCheck codecs, Shutdown shutdown) {
    this.config = config;
    this.codecs = codecs;
    this.shutdown = shutdown;
    this.stageMetrics = new StageMetrics(metrics.registry(), browsers());
    shutdown.add("metrics", metrics);
    DeckShelf shelf =
        new DeckShelf(
            config.dataDir().resolve("slides"),
            new SlideRenderer(RendererCommand.likeThisProcess(), SlideRenderer.Limits.STANDARD),
            this::deckId);
    shutdown.add("slides", shelf);
    this.slides = new SlideDesk(shelf);
  }

  private String deckId() {
    byte[] bytes = new byte[12];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private Optional<StageMetrics.Browsers> browsers() {
    if (!config.media().clientStats()) {
      return Optional.empty();
    }
    StatsLog log = new StatsLog(config.dataDir().resolve("stats"), clock, STATS_FILE_BYTES);
    shutdown.add("statistics", log);
    return Optional.of(log::add);
  }

  /** Everything made and nothing listening, but for the media port. */
  AmphiNode build() throws StartException {
    DataFolder.require(config.dataDir());
    KeyRing keys = NodeKeys.of(config);
    Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    shutdown.add(
        "vertx", () -> Shutdown.await(vertx.close().toCompletionStage().toCompletableFuture()));
    Cluster cluster = ClusterLink.join(config.cluster());
    shutdown.add("cluster", cluster);
    AuditLog audit = new AuditLog(config.dataDir().resolve("audit"), clock, AUDIT_FILE_BYTES);
    shutdown.add("audit", audit);
    RemovalBook removals =
        new RemovalBook(
            config.dataDir().resolve("rooms").resolve("removed.log"),
            clock,
            // For as long as the longest token that its bearer may have.
            TokenVerifier.LONGEST_LIFE,
            cluster.removals());
    shutdown.add("removals", removals);
    TokenVerifier verifier = new TokenVerifier(keys, cluster.removals()::contains);
    Webhooks webhooks = webhooks(vertx);
    shutdown.add("webhooks", webhooks);
    ClassEvents events = new ClassEvents(webhooks::tell, clock);
    StageRelay relay = new StageRelay(classrooms::get, chronicle(audit, removals, events));
    StageNode stage = stage(vertx, verifier, relay);
    shutdown.add("stage", stage);
    vertx.setPeriodic(SAMPLE_MILLIS, timer -> sampledMetrics.sample(stage.stage()));
    ComposerBuilder composers = new ComposerBuilder(config, codecs, clock);
    PackagerNode packager =
        PackagerNode.create(config.dataDir(), clock, recordings(composers.again()));
    shutdown.add("packager", packager);
    StoreMetrics.register(metrics.registry(), packager::vaultStatus);
    ProcessComposer composer = composers.build();
    shutdown.add("composer", composer);
    Pushes pushes = pushes();
    shutdown.add("pushes", pushes);
    vertx.setPeriodic(PUSH_MILLIS, timer -> pushes.tick());
    ClusterOwners owners = new ClusterOwners(cluster, System::nanoTime);
    ConsentLog consents = new ConsentLog(packager::recordingFolder, clock);
    shutdown.add("consents", consents);
    NodeParts parts =
        new NodeParts(
            stage.stage(),
            composer,
            packager,
            new AuditedCounters(metrics, audit),
            RoomStore.in(config.dataDir().resolve("rooms")),
            new ClassClock(
                clock,
                System::nanoTime,
                config.timeZone(),
                Locale.forLanguageTag(config.language())),
            consents,
            pushes,
            config.recordings().tracks(),
            events);
    packager.onRecordingChanged(events);
    Classrooms rooms = classes(new Classrooms(parts, owners), packager, relay);

    Router router = Router.router(vertx);
    HttpFront http = new HttpFront(config, vertx);
    shutdown.add("http", () -> Shutdown.await(http.stop()));
    shutdown.add(
        "classes", () -> Shutdown.await(rooms.suspendAll("The server is being restarted.")));
    AmphiNode node =
        new AmphiNode(config, keys, vertx, cluster, owners, parts, rooms, relay, http, shutdown);
    Function<HttpServerRequest, String> client =
        ClientAddress.mount(router, config.http().trustedProxies());
    if (config.cluster().enabled()) {
      OwnerProxy.mount(router, vertx, cluster, System::nanoTime);
    }
    RecordingDownload download = new RecordingDownload(packager, vertx);
    http.serve(
        mount(
            router, node, stage, packager, download, relay, verifier, audit, removals, client,
            webhooks));
    return node;
  }

  private Pushes pushes() throws StartException {
    try {
      PushMetrics meter = new PushMetrics(metrics.registry());
      Pushes pushes =
          Pushes.of(
              config.push().mostPerRoom(),
              config.push().allowPrivate(),
              config.dataDir().resolve("rooms"),
              PushTrust.of(config.push().authorities()),
              meter);
      meter.watch(pushes);
      return pushes;
    } catch (IOException e) {
      throw new StartException("push.ca_file: " + e.getMessage() + ".");
    }
  }

  private RecordingPolicy recordings(TrackComposer again) throws StartException {
    Optional<Path> file = config.recordings().masterKeys();
    try {
      RecordingKeys keys =
          file.isPresent()
              ? new RecordingKeys(MasterKeys.read(file.get(), random))
              : RecordingKeys.NONE;
      return new RecordingPolicy(keys, config.recordings().retention(), vault(), again);
    } catch (KeyUnavailableException e) {
      throw new StartException("recording.master_key_file: " + e.getMessage() + ".");
    }
  }

  /** What it needs is loaded on its own thread, and only where there is a bucket. */
  private @Nullable Vault vault() {
    ServerConfig.Bucket bucket = config.recordings().bucket().orElse(null);
    if (bucket == null) {
      return null;
    }
    S3Settings settings =
        new S3Settings(
            bucket.endpoint(),
            bucket.region(),
            bucket.name(),
            bucket.pathStyle(),
            bucket.credentials());
    return new Vault(
        () -> S3ObjectStore.open(settings),
        VaultPolicy.of(bucket.prefix(), config.recordings().keepLocal()),
        clock);
  }

  private StageNode stage(Vertx vertx, TokenVerifier verifier, StageRelay relay)
      throws StartException {
    StageConfig stage =
        StageConfig.onPort(config.media().port())
            .with(relays())
            .with(stageMetrics)
            .with(
                RoomLimits.DEFAULT.withMediaSessions(config.media().sessionsPerRoom()),
                config.media().offersPerAddress());
    try {
      return StageNode.create(
          vertx,
          stage,
          UdpTransportFactory.open(
              new MediaPortConfig(
                  stage.mediaPort(),
                  config.media().addresses(),
                  config.media().tcp(),
                  stage.loops()),
              random,
              clock,
              relayAddresses(vertx)),
          new RoomAdmission(classrooms::get, verifier, clock),
          new ClassroomDesk(classrooms::get, slides),
          relay);
    } catch (IllegalStateException e) {
      throw new StartException(String.valueOf(e.getMessage()));
    }
  }

  private Webhooks webhooks(Vertx vertx) throws StartException {
    Path folder = config.dataDir().resolve("webhooks");
    try {
      return Webhooks.open(
          vertx, folder, config.webhooks(), clock, new WebhookMetrics(metrics.registry()));
    } catch (IOException e) {
      throw new StartException(
          "The webhook messages in " + folder + " cannot be read or written: " + e + ".");
    }
  }

  private static StageRelay.Chronicle chronicle(
      AuditLog audit, RemovalBook removals, ClassEvents events) {
    return new StageRelay.Chronicle() {
      @Override
      public void changed(String roomId, ParticipantView participant) {
        events.participantChanged(roomId, participant);
      }

      @Override
      public void left(String roomId, String participantId) {
        events.participantLeft(roomId, participantId);
      }

      @Override
      public void acted(String roomId, StageAct act) {
        audit.add(roomId, act);
      }

      @Override
      public CompletionStage<Void> removed(String roomId, String participantId) {
        return removals.add(roomId, participantId);
      }
    };
  }

  private RelayAddresses relayAddresses(Vertx vertx) {
    RelayAddresses relays =
        new RelayAddresses(config.turn().map(ServerConfig.Turn::urls).orElse(List.of()));
    if (config.turn().isPresent()) {
      Runnable lookUp = () -> Thread.ofVirtual().name("relay-names").start(relays::lookUp);
      lookUp.run();
      vertx.setPeriodic(LOOK_UP_MILLIS, timer -> lookUp.run());
    }
    return relays;
  }

  private IceServers relays() {
    return config
        .turn()
        .<IceServers>map(turn -> new TurnCredentials(turn.urls(), turn.secret(), turn.ttl(), clock))
        .orElse(IceServers.NONE);
  }

  private Classrooms classes(Classrooms rooms, PackagerNode packager, StageRelay relay) {
    classrooms.set(rooms);
    packager.onRecordingChanged(
        view -> rooms.find(view.roomId()).ifPresent(Classroom::recordingChanged));
    packager.onRecordingChanged(new RecordingTitles(packager, rooms));
    metrics.gauge("amphi.rooms", "Rooms of this node", () -> rooms.all().size());
    metrics.gauge("amphi.participants", "People known by name in rooms", relay::participants);
    metrics.gauge("amphi.viewers", "People watching with signalling", relay::viewers);
    metrics.gauge(
        "amphi.hls.waiting", "Requests that wait for a part", () -> packager.pending().size());
    return rooms;
  }

  private Handler<HttpServerRequest> mount(
      Router router,
      AmphiNode node,
      StageNode stage,
      PackagerNode packager,
      RecordingDownload download,
      StageRelay relay,
      TokenVerifier verifier,
      AuditLog audit,
      RemovalBook removals,
      Function<HttpServerRequest, String> client,
      Webhooks webhooks) {
    RestApi.protect(router);
    AuditLimit limit = new AuditLimit();
    new OfferAudit(audit, limit).mount(router);
    stage.web().mount(router);
    Handler<HttpServerRequest> requests =
        HlsHandler.mount(
            router,
            packager,
            new RoomAudience(
                classrooms::get,
                room -> packager.program(room).isPresent(),
                verifier,
                clock,
                config.http().edgeKey()),
            client,
            new ViewerMetrics(metrics.registry()));
    new RestApi(
            node.parts(),
            node.rooms(),
            relay,
            download,
            node.keys(),
            verifier,
            new Links(node::origin),
            clock,
            random,
            config.http().maxBodyBytes(),
            new RestAudit(audit, limit),
            removals,
            slides,
            webhooks)
        .mount(router);
    RestApi.mountRest(router, metrics.registry(), node::isReady);
    return requests;
  }
}
