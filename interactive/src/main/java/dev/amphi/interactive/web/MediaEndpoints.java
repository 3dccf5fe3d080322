package dev.amphi.interactive.web;

import dev.amphi.interactive.api.Admission;
import dev.amphi.interactive.api.Grant;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.room.HttpMedia;
import dev.amphi.interactive.room.Rooms;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What WHIP (RFC 9725) and WHEP (draft-ietf-wish-whep) have in common: an offer posted with a
 * bearer token, an answer with the URL of a session, which is patched and deleted there.
 */
final class MediaEndpoints {
  private static final String ENDPOINT_METHODS = "OPTIONS, GET, HEAD, POST";
  private static final String SESSION_METHODS = "OPTIONS, GET, HEAD, PATCH, DELETE";

  /** What an endpoint does with an offer. */
  interface Offered {
    CompletionStage<HttpMedia> take(RoutingContext context, Grant grant, String sdp);
  }

  /** Whom an endpoint serves. */
  enum Audience {
    /** Who has a token. */
    BEARERS,
    /** Anybody where the room's audience is open, else who has a token. */
    VIEWERS
  }

  private final Admission admission;
  private final WhipSessions sessions;
  private final PostLimit limit;

  /**
   * @param limit how many offers and fragments an address may send
   */
  MediaEndpoints(Rooms rooms, Admission admission, PostLimit limit) {
    this.limit = limit;
    this.admission = admission;
    this.sessions = new WhipSessions(rooms, admission);
  }

  /**
   * Mounts an endpoint and its sessions.
   *
   * @param path of the endpoint, with {@code :room} in it; its sessions are below {@code session/}
   */
  void mount(Router router, String path, Audience audience, Offered offered) {
    String session = path + "/session/:session";
    router.route(path).handler(WhipHeaders::allowAnyOrigin);
    router.route(session).handler(WhipHeaders::allowAnyOrigin);
    guarded(router.post(path), context -> post(context, path, audience, offered));
    reading(router, path).handler(MediaEndpoints::describe);
    router
        .options(path)
        .handler(
            context -> {
              WhipHeaders.acceptsOffers(context.response());
              WhipHeaders.options(context, ENDPOINT_METHODS);
            });
    router.route(path).handler(context -> wrongMethod(context, ENDPOINT_METHODS));
    guarded(router.delete(session), sessions::delete);
    guarded(router.patch(session), limited(sessions::patch));
    guarded(reading(router, session), sessions::get);
    router
        .options(session)
        .handler(
            context -> {
              WhipHeaders.acceptsFragments(context.response());
              WhipHeaders.options(context, SESSION_METHODS);
            });
    router.route(session).handler(context -> wrongMethod(context, SESSION_METHODS));
  }

  private static Route reading(Router router, String path) {
    return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
  }

  /** What a handler may do: answer or refuse. */
  interface Handler {
    void handle(RoutingContext context) throws Refusal;
  }

  static void guarded(Route route, Handler handler) {
    route.handler(
        context -> {
          try {
            handler.handle(context);
          } catch (Refusal refusal) {
            Problem.answer(context, refusal);
          }
        });
  }

  private Handler limited(Handler handler) {
    return context -> {
      limit.check(context);
      handler.handle(context);
    };
  }

  /**
   * RFC 9725 §4.1: an endpoint has no representation, so GET succeeds with nothing; by the type of
   * that nothing players know a WHEP endpoint (draft-ietf-wish-whep, "Discoverability").
   */
  private static void describe(RoutingContext context) {
    WhipHeaders.acceptsOffers(context.response());
    context
        .response()
        .setStatusCode(200)
        .putHeader(HttpHeaders.CONTENT_TYPE, WhipHeaders.SDP)
        .putHeader(HttpHeaders.CONTENT_LENGTH, "0")
        .end();
  }

  private static void wrongMethod(RoutingContext context, String methods) {
    context.response().putHeader("Allow", methods);
    Problem.answer(
        context,
        new Refusal(
            405,
            "not_supported",
            context.request().method().name() + " is not for this URL: use " + methods + "."));
  }

  private void post(RoutingContext context, String path, Audience audience, Offered offered)
      throws Refusal {
    limit.check(context);
    Grant grant = grant(context, audience);
    WhipBody.requireType(context, WhipHeaders.SDP);
    WhipBody.requireAccepted(context);
    // The room answers on a loop of its own; the request belongs to this one.
    Context loop = context.vertx().getOrCreateContext();
    WhipBody.read(
        context,
        sdp ->
            offered
                .take(context, grant, sdp)
                .whenComplete(
                    (media, failure) ->
                        loop.runOnContext(nothing -> created(context, path, media, failure))));
  }

  private Grant grant(RoutingContext context, Audience audience) throws Refusal {
    String token = WhipSessions.bearer(context);
    if (token == null && audience == Audience.BEARERS) {
      throw new Refusal(401, "unauthorized", "Send 'Authorization: Bearer <room token>'.");
    }
    Grant grant = admission.admit(Objects.requireNonNull(context.pathParam("room")), token, null);
    context.put(InteractiveWeb.GRANT, grant);
    return grant;
  }

  private static void created(
      RoutingContext context, String path, @Nullable HttpMedia media, @Nullable Throwable failure) {
    if (media == null) {
      Problem.answer(context, Objects.requireNonNull(failure));
      return;
    }
    if (context.response().closed()) {
      media.end().run(); // Who asked is gone and will never know its session.
      return;
    }
    WhipHeaders.acceptsFragments(context.response());
    WhipHeaders.links(context.response(), media.iceServers());
    if (!media.shown().isEmpty()) {
      context.response().putHeader(WhipHeaders.SHOWN, media.shown());
    }
    context
        .response()
        .setStatusCode(201)
        .putHeader(HttpHeaders.CONTENT_TYPE, WhipHeaders.SDP)
        .putHeader(HttpHeaders.LOCATION, location(context, path) + "/session/" + media.id())
        .putHeader(HttpHeaders.ETAG, media.ice().etag())
        .end(media.answer());
  }

  private static String location(RoutingContext context, String path) {
    String filled = path;
    for (Map.Entry<String, String> parameter : context.pathParams().entrySet()) {
      String value = URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8);
      filled = filled.replace(":" + parameter.getKey(), value.replace("+", "%20"));
    }
    return filled;
  }
}
