package dev.amphi.interactive.web;

import dev.amphi.interactive.api.Admission;
import dev.amphi.interactive.api.Grant;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.room.HttpMedia;
import dev.amphi.interactive.room.Rooms;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What WHIP (RFC 9725) and WHEP have in common: an offer posted with a bearer token, an answer with
 * the URL of a session, which is deleted there. Answers are {@code no-store}.
 */
final class MediaEndpoints {
  static final int MAX_BODY = 64 * 1024;
  private static final String SDP = "application/sdp";

  /** What an endpoint does with an offer. */
  interface Offered {
    CompletionStage<HttpMedia> take(RoutingContext context, Grant grant, String sdp);
  }

  private final Rooms rooms;
  private final Admission admission;
  private final PostLimit postLimit;

  MediaEndpoints(Rooms rooms, Admission admission, PostLimit postLimit) {
    this.postLimit = postLimit;
    this.rooms = rooms;
    this.admission = admission;
  }

  /**
   * Mounts an endpoint and its sessions.
   *
   * @param path of the endpoint, with {@code :room} in it
   * @param sessions path of the sessions
   */
  void mount(Router router, String path, String sessions, Offered offered) {
    router.route(path).handler(MediaEndpoints::cors);
    router.route(sessions + "/:session").handler(MediaEndpoints::cors);
    guarded(router.post(path), context -> post(context, sessions, offered));
    router.options(path).handler(context -> options(context, "OPTIONS, POST"));
    router.route(path).handler(context -> wrongMethod(context, "OPTIONS, POST"));
    guarded(router.delete(sessions + "/:session"), this::delete);
    guarded(router.patch(sessions + "/:session"), this::patch);
    router
        .options(sessions + "/:session")
        .handler(context -> options(context, "OPTIONS, PATCH, DELETE"));
    router
        .route(sessions + "/:session")
        .handler(context -> wrongMethod(context, "OPTIONS, PATCH, DELETE"));
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

  private static void cors(RoutingContext context) {
    context
        .response()
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
        .putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, "Location, ETag, Link, Accept-Patch");
    context.next();
  }

  private static void options(RoutingContext context, String methods) {
    context
        .response()
        .setStatusCode(204)
        .putHeader("Allow", methods)
        .putHeader("Accept-Post", SDP)
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, methods)
        .putHeader(
            HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, "Authorization, Content-Type, If-Match")
        .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "86400")
        .end();
  }

  private static void wrongMethod(RoutingContext context, String methods) {
    context.response().putHeader("Allow", methods);
    Problem.answer(
        context,
        new Refusal(
            405,
            "not_allowed",
            context.request().method().name() + " is not for this URL: use " + methods + "."));
  }

  private void post(RoutingContext context, String sessions, Offered offered) throws Refusal {
    postLimit.check(context.request().remoteAddress());
    Grant grant = grant(context, Objects.requireNonNull(context.pathParam("room")));
    requireType(context, SDP);
    requireAccepted(context);
    // The room answers on a loop of its own; the request belongs to this one.
    Context loop = context.vertx().getOrCreateContext();
    read(
        context,
        sdp ->
            offered
                .take(context, grant, sdp)
                .whenComplete(
                    (media, failure) ->
                        loop.runOnContext(nothing -> created(context, sessions, media, failure))));
  }

  private Grant grant(RoutingContext context, String room) throws Refusal {
    String token = bearer(context);
    if (token == null) {
      throw new Refusal(401, "unauthorized", "Send 'Authorization: Bearer <room token>'.");
    }
    return admission.admit(room, token, null);
  }

  private static @Nullable String bearer(RoutingContext context) {
    String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
    return header != null && header.regionMatches(true, 0, "Bearer ", 0, 7)
        ? header.substring(7).strip()
        : null;
  }

  private static void requireType(RoutingContext context, String expected) throws Refusal {
    String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
    String bare = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!bare.equals(expected)) {
      throw new Refusal(
          415,
          "malformed",
          "The body must be "
              + expected
              + (bare.isEmpty() ? ", but there is no Content-Type." : ", but it is another type."));
    }
  }

  private static void requireAccepted(RoutingContext context) throws Refusal {
    String accept = context.request().getHeader(HttpHeaders.ACCEPT);
    if (accept != null
        && !accept.contains(SDP)
        && !accept.contains("*/*")
        && !accept.contains("application/*")) {
      throw new Refusal(
          406, "malformed", "The answer is application/sdp, which you do not accept.");
    }
  }

  private static void read(RoutingContext context, java.util.function.Consumer<String> then)
      throws Refusal {
    String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length != null && (!length.matches("\\d{1,5}") || Integer.parseInt(length) > MAX_BODY)) {
      throw tooLarge();
    }
    if (context.body() != null && context.body().buffer() != null) {
      // The server put a body handler before us.
      if (context.body().length() > MAX_BODY) {
        throw tooLarge();
      }
      then.accept(context.body().asString());
      return;
    }
    io.vertx.core.buffer.Buffer body = io.vertx.core.buffer.Buffer.buffer();
    context
        .request()
        .handler(
            part -> {
              if (body.length() + part.length() > MAX_BODY) {
                context.request().handler(rest -> {}); // Drop the rest unread.
                context.request().endHandler(end -> {});
                Problem.answer(context, tooLarge());
              } else {
                body.appendBuffer(part);
              }
            })
        .endHandler(end -> then.accept(body.toString(java.nio.charset.StandardCharsets.UTF_8)));
    context.request().resume();
  }

  private static Refusal tooLarge() {
    return new Refusal(413, "too_large", "The body is larger than 64 KiB.");
  }

  private static void created(
      RoutingContext context,
      String sessions,
      @Nullable HttpMedia media,
      @Nullable Throwable failure) {
    if (media == null) {
      Problem.answer(context, Objects.requireNonNull(failure));
      return;
    }
    context
        .response()
        .setStatusCode(201)
        .putHeader(HttpHeaders.CONTENT_TYPE, SDP)
        .putHeader(HttpHeaders.LOCATION, location(context, sessions) + "/" + media.id())
        .putHeader(HttpHeaders.ETAG, etag(media))
        .putHeader("Accept-Patch", "application/trickle-ice-sdpfrag")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(media.answer());
  }

  private static String location(RoutingContext context, String sessions) {
    String path = sessions;
    for (java.util.Map.Entry<String, String> parameter : context.pathParams().entrySet()) {
      String value =
          java.net.URLEncoder.encode(parameter.getValue(), java.nio.charset.StandardCharsets.UTF_8);
      path = path.replace(":" + parameter.getKey(), value.replace("+", "%20"));
    }
    return path;
  }

  /** One ICE session for as long as it lives: the tag never changes. */
  private static String etag(HttpMedia media) {
    return "\"" + media.id().substring(0, 8) + "\"";
  }

  /**
   * RFC 9725 §4.2: who knows the unguessable URL may end it, but not with somebody else's token.
   */
  private HttpMedia session(RoutingContext context) throws Refusal {
    HttpMedia media =
        rooms
            .httpMedia(Objects.requireNonNull(context.pathParam("session")))
            .orElseThrow(
                () -> new Refusal(404, "unknown_session", "There is no such session, or no more."));
    if (bearer(context) != null) {
      Grant grant = grant(context, Objects.requireNonNull(context.pathParam("room")));
      if (!grant.participantId().equals(media.participantId()) && !grant.role().moderates()) {
        throw new Refusal(403, "not_allowed", "This session belongs to somebody else.");
      }
    }
    return media;
  }

  private void delete(RoutingContext context) throws Refusal {
    session(context).end().run();
    context.response().setStatusCode(200).putHeader("Cache-Control", "no-store").end();
  }

  private void patch(RoutingContext context) throws Refusal {
    HttpMedia media = session(context);
    requireType(context, "application/trickle-ice-sdpfrag");
    String match = context.request().getHeader(HttpHeaders.IF_MATCH);
    if (match == null) {
      throw new Refusal(428, "malformed", "Send If-Match with the session's ETag, or with *.");
    }
    if (match.strip().equals("*")) {
      // RFC 9725 §4.3.3: any ICE session, so this is a restart.
      throw new Refusal(422, "bad_state", "ICE restarts are not served: post a new offer instead.");
    }
    if (!match.strip().equals(etag(media))) {
      throw new Refusal(412, "bad_state", "The ETag is not that of this ICE session.");
    }
    // The server is ICE-lite and learns addresses from checks: candidates are of no use to it.
    read(context, fragment -> context.response().setStatusCode(204).end());
  }
}
