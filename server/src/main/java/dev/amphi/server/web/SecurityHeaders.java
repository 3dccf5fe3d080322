package dev.amphi.server.web;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;

/** What every answer tells the browser to keep to. */
final class SecurityHeaders {
  /**
   * hls.js runs its demuxer in a worker made from a blob, feeds the player from one, and begins
   * captions with an empty {@code data:} track.
   */
  private static final String POLICY =
      String.join(
          "; ",
          "default-src 'self'",
          "script-src 'self'",
          "style-src 'self' 'unsafe-inline'",
          "img-src 'self' data: blob:",
          "font-src 'self' data:",
          "media-src 'self' blob: mediastream: data:",
          "worker-src 'self' blob:",
          "connect-src 'self' ws: wss:",
          "object-src 'none'",
          "base-uri 'none'",
          "form-action 'self'",
          "frame-ancestors 'self'");

  private SecurityHeaders() {}

  static void add(RoutingContext context) {
    MultiMap headers = context.response().headers();
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Permissions-Policy", "camera=(self), microphone=(self), display-capture=(self)");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    context.next();
  }
}
