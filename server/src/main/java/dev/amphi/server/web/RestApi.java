package dev.amphi.server.web;

import dev.amphi.packager.web.RecordingDownload;
import dev.amphi.server.adapter.SlideDesk;
import dev.amphi.server.adapter.StageRelay;
import dev.amphi.server.room.Classrooms;
import dev.amphi.server.room.NodeParts;
import dev.amphi.server.token.KeyRing;
import dev.amphi.server.token.TokenVerifier;
import dev.amphi.server.webhook.Webhooks;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/** Mounts everything that the server itself answers over HTTP. */
public final class RestApi {
  private final NodeParts parts;
  private final Classrooms classrooms;
  private final StageRelay relay;
  private final RecordingDownload download;
  private final KeyRing keys;
  private final TokenVerifier verifier;
  private final Links links;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final long maxBodyBytes;
  private final RestAudit audit;
  private final Removals removals;
  private final SlideDesk slides;
  private final Webhooks webhooks;

  public RestApi(
      NodeParts parts,
      Classrooms classrooms,
      StageRelay relay,
      RecordingDownload download,
      KeyRing keys,
      TokenVerifier verifier,
      Links links,
      InstantSource clock,
      RandomGenerator random,
      long maxBodyBytes,
      RestAudit audit,
      Removals removals,
      SlideDesk slides,
      Webhooks webhooks) {
    this.slides = slides;
    this.webhooks = webhooks;
    this.audit = audit;
    this.removals = removals;
    this.parts = parts;
    this.classrooms = classrooms;
    this.relay = relay;
    this.download = download;
    this.keys = keys;
    this.verifier = verifier;
    this.links = links;
    this.clock = clock;
    this.random = random;
    this.maxBodyBytes = maxBodyBytes;
  }

  /** Every answer of the router carries the security headers and every error is a problem. */
  public static void protect(Router router) {
    router.route().order(-100).handler(SecurityHeaders::add);
    Problems.mount(router);
  }

  /** Mounts REST. */
  public void mount(Router router) {
    Caller caller = new Caller(verifier, clock);
    Guard guard = new Guard(classrooms, caller);
    TokenDesk tokens = new TokenDesk(guard, keys, links, clock);
    audit.mount(router);
    new SlideUpload(guard, slides).mount(router);
    router.route("/api/*").handler(BodyHandler.create(false).setBodyLimit(maxBodyBytes));
    router
        .get("/api/openapi.yaml")
        .handler(
            context ->
                context
                    .response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/yaml")
                    .sendFile("openapi.yaml"));
    new MakeRoom(classrooms, caller, keys, tokens, random).mount(router);
    new DebugRoutes(guard, parts.stage()).mount(router);
    new SlideRoutes(guard, slides, relay).mount(router);
    new RoomRoutes(guard, classrooms, parts.stage(), relay).mount(router);
    new CaptionRoutes(guard, clock).mount(router);
    new PushRoutes(guard).mount(router);
    new RemovalRoutes(guard, removals, parts.stage()).mount(router);
    tokens.mount(router);
    new RecordingRoutes(guard, parts.packager(), download).mount(router);
    new WebhookRoutes(guard, webhooks).mount(router);
    new CatalogueRoutes(guard, parts.packager(), download::size).mount(router);
  }

  /** Mounts health, metrics and the pages. */
  public static void mountRest(
      Router router, PrometheusMeterRegistry metrics, BooleanSupplier ready) {
    OperationsRoutes.mount(router, metrics, ready);
    Pages.mount(router);
  }
}
