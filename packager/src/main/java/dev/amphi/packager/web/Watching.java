package dev.amphi.packager.web;

import dev.amphi.packager.playlist.UriSuffix;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Who asks, as far as the gate lets it in.
 *
 * @param suffix carries the token from playlist to media, where the room asks for one
 * @param open whether the answer is the same for everybody
 */
record Watching(UriSuffix suffix, boolean open) {
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~-]{1,4096}");
  private static final String BEARER = "Bearer ";

  /** Thrown when the gate stays closed. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
    private final boolean anonymous;

    Refused(boolean anonymous) {
      super(
          anonymous
              ? "This class is for its members: a token is needed to watch it."
              : "This token does not open this class.");
      this.anonymous = anonymous;
    }

    int status() {
      return anonymous ? 401 : 403;
    }
  }

  static Watching of(RoutingContext context, AudienceGate gate, String roomId) throws Refused {
    if (gate.mayWatch(roomId, "")) {
      return new Watching(UriSuffix.NONE, true);
    }
    String header = context.request().getHeader("Authorization");
    if (header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      String token = header.substring(BEARER.length()).trim();
      if (gate.mayWatch(roomId, token)) {
        return new Watching(UriSuffix.NONE, false);
      }
    }
    List<String> tokens = context.queryParam("token");
    String token = tokens.size() == 1 ? tokens.getFirst() : "";
    if (TOKEN.matcher(token).matches() && gate.mayWatch(roomId, token)) {
      return new Watching(new UriSuffix("?token=" + token), false);
    }
    throw new Refused(header == null && tokens.isEmpty());
  }

  /** Whether shared caches may keep the answer. */
  String cacheScope() {
    return open ? "public" : "private";
  }
}
