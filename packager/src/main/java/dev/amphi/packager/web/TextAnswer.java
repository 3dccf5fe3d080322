package dev.amphi.packager.web;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * How answers with a text are given: packed for who takes it, with how long they may be kept.
 *
 * @param type of the text
 * @param maxAgeS how many seconds it is true
 * @param more further directives for caches, as {@code , immutable}, or nothing
 */
record TextAnswer(String type, int maxAgeS, String more) {
  /** The type of playlists. */
  static final String PLAYLIST = "application/vnd.apple.mpegurl";

  /** A list that is true for so many seconds. */
  static TextAnswer playlist(int maxAgeS) {
    return new TextAnswer(PLAYLIST, maxAgeS, "");
  }

  void send(HttpServerRequest request, RenderedText text, Watching watching) {
    boolean packed = AcceptEncoding.takesGzip(request.getHeader(HttpHeaders.ACCEPT_ENCODING));
    HttpServerResponse response = request.response();
    MultiMap head = text.head(this, watching.reach(), packed);
    if (response.headers().isEmpty()) {
      response.headers().setAll(head);
    } else {
      head.forEach(response::putHeader);
    }
    if (HttpMethod.HEAD.equals(request.method())) {
      response.end();
    } else {
      response.end(packed ? text.gzip() : text.plain());
    }
  }

  /** The head of such an answer; it does not change any more, so that it is written once. */
  MultiMap head(Buffer body, Watching.Reach reach, boolean packed) {
    MultiMap headers = HttpHeaders.headers();
    Answers.allowAnyOrigin(headers);
    reach.sayHowLong(headers, maxAgeS, more);
    headers
        .set(HttpHeaders.CONTENT_TYPE, type)
        .set(
            HttpHeaders.VARY,
            reach.byHeader() ? "Accept-Encoding, Authorization" : "Accept-Encoding");
    if (packed) {
      headers.set(HttpHeaders.CONTENT_ENCODING, "gzip");
    }
    return headers.set(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length())).copy(false);
  }
}
