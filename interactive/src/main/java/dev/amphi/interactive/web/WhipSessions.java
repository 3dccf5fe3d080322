package dev.amphi.interactive.web;

import dev.amphi.interactive.api.Admission;
import dev.amphi.interactive.api.Grant;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.room.HttpMedia;
import dev.amphi.interactive.room.HttpMediaIce;
import dev.amphi.interactive.room.Rooms;
import dev.amphi.interactive.signal.IceFragment;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What can be done with a session's URL: end it, trickle candidates, restart ICE. */
final class WhipSessions {
  private final Rooms rooms;
  private final Admission admission;

  WhipSessions(Rooms rooms, Admission admission) {
    this.rooms = rooms;
    this.admission = admission;
  }

  /** The bearer token (RFC 6750 §2.1); tokens in the URL would end up in logs. */
  static @Nullable String bearer(RoutingContext context) {
    String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
    return header != null && header.regionMatches(true, 0, "Bearer ", 0, 7)
        ? header.substring(7).strip()
        : null;
  }

  /** RFC 9725 §4.1: a session has no representation, but it is there. */
  void get(RoutingContext context) throws Refusal {
    found(context);
    context.response().setStatusCode(204).end();
  }

  void delete(RoutingContext context) throws Refusal {
    own(context).end().run();
    context.response().setStatusCode(200).end();
  }

  void patch(RoutingContext context) throws Refusal {
    HttpMedia media = own(context);
    Grant grant = context.get(InteractiveWeb.GRANT);
    if (grant != null && media.credential().belongsTo(grant)) {
      media.credential().renew(grant);
    }
    WhipBody.requireType(context, IceFragment.TYPE);
    String match = context.request().getHeader(HttpHeaders.IF_MATCH);
    Context loop = context.vertx().getOrCreateContext();
    WhipBody.read(
        context,
        fragment ->
            media
                .ice()
                .patch(match, fragment)
                .whenComplete(
                    (patched, failure) ->
                        loop.runOnContext(nothing -> patched(context, patched, failure))));
  }

  private static void patched(
      RoutingContext context, HttpMediaIce.@Nullable Patched patched, @Nullable Throwable failure) {
    switch (patched) {
      case null -> Problem.answer(context, Objects.requireNonNull(failure));
      // RFC 9725 §4.3.2: without an ETag.
      case HttpMediaIce.Patched.Taken taken -> context.response().setStatusCode(204).end();
      case HttpMediaIce.Patched.Restarted restarted ->
          context
              .response()
              .setStatusCode(200)
              .putHeader(HttpHeaders.CONTENT_TYPE, IceFragment.TYPE)
              .putHeader(HttpHeaders.ETAG, restarted.etag())
              .end(restarted.fragment());
    }
  }

  private HttpMedia found(RoutingContext context) throws Refusal {
    String room = Objects.requireNonNull(context.pathParam("room"));
    return rooms
        .httpMedia(Objects.requireNonNull(context.pathParam("session")))
        .filter(media -> media.roomId().equals(room))
        .orElseThrow(
            () -> new Refusal(404, "unknown_session", "There is no such session, or no more."));
  }

  /**
   * The session, for whoever made it and for those who moderate. One that was made without a token
   * has nothing but its unguessable URL to show whose it is.
   */
  private HttpMedia own(RoutingContext context) throws Refusal {
    String token = bearer(context);
    HttpMedia media = found(context);
    if (token == null) {
      if (!media.credential().anonymous()) {
        throw new Refusal(
            401, "unauthorized", "Send 'Authorization: Bearer <the token that made the session>'.");
      }
      return media;
    }
    Grant grant = admission.admit(media.roomId(), token, null);
    context.put(InteractiveWeb.GRANT, grant);
    if (!media.credential().belongsTo(grant) && !media.credential().yieldsTo(grant)) {
      throw new Refusal(403, "not_allowed", "This session belongs to somebody else.");
    }
    return media;
  }
}
