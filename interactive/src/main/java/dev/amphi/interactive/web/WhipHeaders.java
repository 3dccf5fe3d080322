package dev.amphi.interactive.web;

import dev.amphi.interactive.api.IceServer;
import dev.amphi.interactive.signal.IceFragment;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** The header fields that WHIP's and WHEP's answers have in common. */
final class WhipHeaders {
  static final String SDP = "application/sdp";

  /** In words, what a viewer of the program is shown. */
  static final String SHOWN = "Amphi-Program";

  private static final String EXPOSED =
      "Location, ETag, Link, Accept-Patch, Accept-Post, Allow, Retry-After, " + SHOWN;

  private WhipHeaders() {}

  /** Lets pages of any origin read the answer (RFC 9725 §4.2). */
  static void allowAnyOrigin(RoutingContext context) {
    context
        .response()
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
        .putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    context.next();
  }

  /** What an endpoint takes. */
  static void acceptsOffers(HttpServerResponse response) {
    response.putHeader("Accept-Post", SDP);
  }

  /** What a session takes. */
  static void acceptsFragments(HttpServerResponse response) {
    response.putHeader("Accept-Patch", IceFragment.TYPE);
  }

  /** Answers OPTIONS, a browser's preflight among them; the RFC's answer is 200. */
  static void options(RoutingContext context, String methods) {
    context
        .response()
        .setStatusCode(200)
        .putHeader("Allow", methods)
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, methods)
        .putHeader(
            HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS,
            "Authorization, Content-Type, If-Match, Link, Save-Data")
        .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "86400")
        .end();
  }

  /** STUN and TURN servers as links (RFC 9725 §4.6), one a URL. */
  static void links(HttpServerResponse response, List<IceServer> servers) {
    for (IceServer server : servers) {
      for (String url : server.urls()) {
        StringBuilder link = new StringBuilder("<" + url + ">; rel=\"ice-server\"");
        if (!server.username().isEmpty()) {
          link.append("; username=").append(quoted(server.username()));
          link.append("; credential=").append(quoted(server.credential()));
          link.append("; credential-type=\"password\"");
        }
        response.headers().add("Link", link.toString());
      }
    }
  }

  /** A quoted-string (RFC 9110 §5.6.4). */
  private static String quoted(String text) {
    String plain = text.replaceAll("[^\\x20-\\x7E]", "?");
    return '"' + plain.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
