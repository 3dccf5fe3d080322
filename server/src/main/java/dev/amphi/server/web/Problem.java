package dev.amphi.server.web;

import dev.amphi.interactive.api.Refusal;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/**
 * An error as HTTP tells it: problem+json (RFC 9457).
 *
 * @param code a short stable word for programs, beside the standard members
 */
record Problem(int status, String code, String detail) {

  static Problem of(Refusal refusal) {
    return new Problem(refusal.status(), refusal.code(), refusal.detail());
  }

  void send(RoutingContext context) {
    RestAudit.refused(context, code);
    HttpServerResponse response = context.response();
    if (response.ended() || response.headWritten()) {
      response.reset();
      return;
    }
    if (status == 401) {
      response.putHeader("WWW-Authenticate", "Bearer");
    }
    response
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(json().toBuffer());
  }

  JsonObject json() {
    return new JsonObject()
        .put("type", "about:blank")
        .put("title", title(status))
        .put("status", status)
        .put("code", code)
        .put("detail", detail);
  }

  private static String title(int status) {
    return switch (status) {
      case 400 -> "Bad request";
      case 401 -> "Not admitted";
      case 403 -> "Not allowed";
      case 404 -> "Not found";
      case 405 -> "Method not allowed";
      case 406 -> "Not acceptable";
      case 408 -> "Too slow";
      case 409 -> "Not possible now";
      case 413 -> "Too large";
      case 415 -> "Wrong media type";
      case 422 -> "Wrong value";
      case 429 -> "Too many requests";
      case 502 -> "The other node gave no answer";
      case 503 -> "Not available now";
      case 504 -> "The other node took too long";
      default -> status < 500 ? "Request refused" : "Something went wrong";
    };
  }
}
