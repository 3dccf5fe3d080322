package dev.amphi.packager.web;

import dev.amphi.packager.playlist.UriSuffix;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Who asks, as far as the gate lets it in.
 *
 * @param suffix carries the token from playlist to media, where it was asked for with one
 * @param reach who may keep the answer
 */
record Watching(UriSuffix suffix, Reach reach) {
  /** Who may keep an answer. */
  enum Reach {
    /** Everybody may watch. */
    ALL,
    /** An edge, for those whom it admits; nobody behind it. */
    EDGE,
    /** Who asked, and nobody else. */
    ONE;

    /**
     * Says who may keep the answer, and for how long.
     *
     * @param more further directives, as {@code , immutable}, or nothing
     */
    void sayHowLong(MultiMap headers, int seconds, String more) {
      if (this == EDGE) {
        // Before Cache-Control: nginx up to 1.22 goes by whichever comes first.
        headers.set(EDGE_KEEPS, Integer.toString(seconds));
      }
      String scope = this == ALL ? "public" : "private";
      headers.set(HttpHeaders.CACHE_CONTROL, scope + ", max-age=" + seconds + more);
    }

    /** Whether the answer depends on the Authorization header. */
    boolean byHeader() {
      return this == ONE;
    }
  }

  /** The key of an edge that admits viewers itself. */
  static final String EDGE_HEADER = "Amphi-Edge";

  /** How long an edge keeps it, whatever is said to those behind it; it does not pass it on. */
  static final String EDGE_KEEPS = "X-Accel-Expires";

  /** One that means what it says, with nothing to decode or to leave out. */
  private static final Pattern PLAIN_PATH =
      Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._~-]+)+");

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

  /**
   * Asks the gate.
   *
   * @param inPath the token that stands in the path; empty when there is none
   */
  static Watching of(HttpServerRequest request, AudienceGate gate, String roomId, String inPath)
      throws Refused {
    if (gate.mayWatch(roomId, "")) {
      return new Watching(UriSuffix.NONE, Reach.ALL);
    }
    if (isEdge(request, gate)) {
      return new Watching(UriSuffix.NONE, Reach.EDGE);
    }
    // In the path: relative addresses keep it, so that lists are the same for everybody.
    if (TOKEN.matcher(inPath).matches() && gate.mayWatch(roomId, inPath)) {
      return new Watching(UriSuffix.NONE, Reach.ONE);
    }
    String header = request.getHeader("Authorization");
    if (header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      String token = header.substring(BEARER.length()).trim();
      if (gate.mayWatch(roomId, token)) {
        return new Watching(UriSuffix.NONE, Reach.ONE);
      }
    }
    List<String> tokens = Query.of(request).all("token");
    String token = tokens.size() == 1 ? tokens.getFirst() : "";
    if (TOKEN.matcher(token).matches() && gate.mayWatch(roomId, token)) {
      return new Watching(new UriSuffix("?token=" + token), Reach.ONE);
    }
    throw new Refused(header == null && inPath.isEmpty() && tokens.isEmpty());
  }

  /** An edge asks for what it has admitted somebody to, so its address is the one it looked at. */
  private static boolean isEdge(HttpServerRequest request, AudienceGate gate) {
    String key = request.getHeader(EDGE_HEADER);
    return key != null && gate.isEdge(key) && PLAIN_PATH.matcher(request.path()).matches();
  }
}
