package dev.amphi.server.web;

import dev.amphi.interactive.api.Grant;
import dev.amphi.interactive.web.InteractiveWeb;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells the audit log who was refused what over WHIP and WHEP. */
public final class OfferAudit {
  private static final Set<Integer> REFUSALS = Set.of(401, 403, 409, 429);

  /** Before the doors themselves, and behind the proxy: the room's own node writes the line. */
  private static final int ORDER = -90;

  private final RestAudit.Log log;
  private final AuditLimit limit;

  /** Tells {@code log}, of refusals so much as {@code limit} lets through. */
  public OfferAudit(RestAudit.Log log, AuditLimit limit) {
    this.log = log;
    this.limit = limit;
  }

  /** Listens to every request below {@code /whip} and {@code /whep}. */
  public void mount(Router router) {
    for (String path : new String[] {"/whip/*", "/whep/*"}) {
      router
          .route(path)
          .order(ORDER)
          .handler(
              context -> {
                context.addEndHandler(ended -> told(context));
                context.next();
              });
    }
  }

  private void told(RoutingContext context) {
    @Nullable String code = context.get(InteractiveWeb.REFUSED);
    // Players ask every few seconds for a program that is not on air yet: nobody was refused it.
    if (code == null
        || code.equals("not_live")
        || !REFUSALS.contains(context.response().getStatusCode())) {
      return;
    }
    @Nullable Grant grant = context.get(InteractiveWeb.GRANT);
    String bucket =
        grant == null || context.request().getHeader(HttpHeaders.AUTHORIZATION) == null
            ? AuditLimit.STRANGERS
            : AuditLimit.bearer(grant.roomId(), grant.participantId());
    if (limit.exceeded(bucket, System.nanoTime())) {
      log.skipped();
      return;
    }
    String[] path = context.normalizedPath().split("/", -1);
    String third = RestAudit.word(path, 3);
    log.acted(
        RestAudit.word(path, 2),
        grant == null ? "" : grant.participantId(),
        grant == null ? "" : grant.role().wireName(),
        RestAudit.word(path, 1) + " " + context.request().method().name().toLowerCase(Locale.ROOT),
        third.equals("session") ? "" : third,
        code);
  }
}
