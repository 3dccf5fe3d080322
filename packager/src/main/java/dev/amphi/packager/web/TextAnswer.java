package dev.amphi.packager.web;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** Answers that are text: packed for who takes it, with how long they may be kept. */
final class TextAnswer {
  /** The type of playlists. */
  static final String PLAYLIST = "application/vnd.apple.mpegurl";

  private TextAnswer() {}

  static void send(RoutingContext context, RenderedPlaylist text, Watching watching, int maxAgeS) {
    send(context, PLAYLIST, text, watching, maxAgeS, "");
  }

  static void send(
      RoutingContext context,
      String type,
      RenderedPlaylist text,
      Watching watching,
      int maxAgeS,
      String more) {
    HttpServerResponse response = context.response();
    Answers.allowAnyOrigin(context);
    watching.sayHowLong(context, maxAgeS, more);
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, type)
        .putHeader(
            HttpHeaders.VARY,
            watching.byHeader() ? "Accept-Encoding, Authorization" : "Accept-Encoding");
    if (Answers.takesGzip(context.request().getHeader(HttpHeaders.ACCEPT_ENCODING))) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
      Answers.body(context, text.gzip());
    } else {
      Answers.body(context, text.plain());
    }
  }
}
