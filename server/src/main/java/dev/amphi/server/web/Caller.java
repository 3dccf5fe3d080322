package dev.amphi.server.web;

import dev.amphi.interactive.api.Refusal;
import dev.amphi.server.adapter.RoomAdmission;
import dev.amphi.server.token.RoomToken;
import dev.amphi.server.token.TokenRefused;
import dev.amphi.server.token.TokenVerifier;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds out who sends a request, by its bearer token (RFC 6750). */
final class Caller {
  private static final String SCHEME = "bearer ";
  private static final List<String> FILES = List.of(".mp4", ".vtt", ".jpg", ".webm", ".mkv");

  private final TokenVerifier verifier;
  private final InstantSource clock;
  private final BadTokens bad = new BadTokens();

  Caller(TokenVerifier verifier, InstantSource clock) {
    this.verifier = verifier;
    this.clock = clock;
  }

  /** The token of a request, empty when it has none; a token that is not good is refused. */
  Optional<RoomToken> of(RoutingContext context) throws Refusal {
    String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
    // A download link cannot carry a header.
    String token = query(context);
    if (header != null && header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      token = header.substring(SCHEME.length()).strip();
    } else if (header != null) {
      throw new Refusal(
          401, "unauthorized", "The Authorization header must be 'Bearer' and a room token.");
    }
    if (token == null) {
      return Optional.empty();
    }
    try {
      RoomToken bearer = verifier.verify(token, clock.instant());
      RestAudit.bearer(context, bearer);
      return Optional.of(bearer);
    } catch (TokenRefused e) {
      // Only now: behind one address is a whole school, most of it with good tokens.
      String client = ClientAddress.of(context);
      bad.check(client, System.nanoTime());
      bad.count(client, System.nanoTime());
      throw RoomAdmission.refusal(e);
    }
  }

  private static @org.jspecify.annotations.Nullable String query(RoutingContext context) {
    HttpMethod method = context.request().method();
    return (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD))
            && isFile(context.request().path())
        ? context.request().getParam("token")
        : null;
  }

  /** What a browser asks for by an address alone. */
  static boolean isFile(String path) {
    return FILES.stream().anyMatch(path::endsWith);
  }

  /** Refuses what the matrix does not allow: 401 without a token, 403 with the wrong one. */
  static void require(
      Optional<RoomToken> bearer, Access.Verb verb, String room, boolean audienceOpen)
      throws Refusal {
    if (Access.allows(bearer, verb, room, audienceOpen)) {
      return;
    }
    if (bearer.isEmpty()) {
      throw new Refusal(
          401, "unauthorized", "This needs a token of the room '" + room + "': send it as Bearer.");
    }
    RoomToken token = bearer.get();
    throw new Refusal(
        403,
        "not_allowed",
        token.room().equals(room)
            ? "Your role here is '"
                + token.role()
                + "', which may not do this: ask an instructor or a moderator."
            : "The token is for the room '" + token.room() + "', not for '" + room + "'.");
  }
}
