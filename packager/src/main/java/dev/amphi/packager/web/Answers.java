package dev.amphi.packager.web;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The HTTP answers that all handlers of this package give alike. */
final class Answers {
  private static final System.Logger LOG = System.getLogger(Answers.class.getName());
  private static final CharSequence ANY_ORIGIN = HttpHeaders.createOptimized("*");
  private static final CharSequence ALLOW_ORIGIN =
      HttpHeaders.createOptimized("access-control-allow-origin");
  private static final CharSequence EXPOSE_HEADERS =
      HttpHeaders.createOptimized("access-control-expose-headers");
  private static final CharSequence EXPOSED =
      HttpHeaders.createOptimized("Content-Length, Content-Range, Date, Age");
  private static final CharSequence TIMING_ORIGIN =
      HttpHeaders.createOptimized("timing-allow-origin");
  private static final CharSequence TYPE_OPTIONS =
      HttpHeaders.createOptimized("x-content-type-options");
  private static final CharSequence NO_SNIFF = HttpHeaders.createOptimized("nosniff");

  private Answers() {}

  /** Lets pages of any origin read the answer: the audience's player may be embedded anywhere. */
  static void allowAnyOrigin(HttpServerRequest request) {
    allowAnyOrigin(request.response().headers());
  }

  static void allowAnyOrigin(MultiMap headers) {
    headers
        .set(ALLOW_ORIGIN, ANY_ORIGIN)
        .set(EXPOSE_HEADERS, EXPOSED)
        .set(TIMING_ORIGIN, ANY_ORIGIN)
        .set(TYPE_OPTIONS, NO_SNIFF);
  }

  /** What players say of themselves (CTA-5004 §3.1). */
  private static final String CMCD = "CMCD-Request, CMCD-Object, CMCD-Status, CMCD-Session";

  /** Answers a preflight request. */
  static void preflight(HttpServerRequest request) {
    allowAnyOrigin(request);
    request
        .response()
        .setStatusCode(204)
        .putHeader("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS")
        .putHeader("Access-Control-Allow-Headers", "Authorization, Range, " + CMCD)
        .putHeader("Access-Control-Max-Age", "86400")
        .end();
  }

  /** Tells the time, to players whose clock is wrong (urn:mpeg:dash:utc:http-iso:2014). */
  static void time(HttpServerRequest request, Instant now) {
    allowAnyOrigin(request);
    request
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    body(request, Buffer.buffer(now.truncatedTo(ChronoUnit.MILLIS).toString()));
  }

  /** Answers with an error (RFC 9457) that no cache keeps. */
  static void problem(HttpServerRequest request, int status, String title, String detail) {
    problem(request, status, code(status), title, detail);
  }

  /** There is nothing at this address. */
  static void nowhere(HttpServerRequest request) {
    problem(request, 404, "Not found", "There is nothing at this address.");
  }

  /** An answer cannot be given, for no fault of who asks; what was begun is broken off. */
  static void failed(HttpServerRequest request, Throwable cause) {
    LOG.log(System.Logger.Level.ERROR, "a request for " + request.path() + " failed", cause);
    if (request.response().headWritten()) {
      breakOff(request);
    } else {
      problem(request, 500, "Failed", "This went wrong here, and was noted.");
    }
  }

  /** Ends an answer that was begun in a way that nobody takes it for whole (RFC 9112 §8). */
  static void breakOff(HttpServerRequest request) {
    request.response().reset();
  }

  private static String code(int status) {
    return switch (status) {
      case 401 -> "unauthorized";
      case 403 -> "not_allowed";
      case 404 -> "not_found";
      default -> status < 500 ? "malformed" : "unavailable";
    };
  }

  /**
   * The same.
   *
   * @param code a short stable word for programs
   */
  static void problem(
      HttpServerRequest request, int status, String code, String title, String detail) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    allowAnyOrigin(request);
    JsonObject problem =
        new JsonObject()
            .put("type", "about:blank")
            .put("title", title)
            .put("status", status)
            .put("code", code)
            .put("detail", detail);
    response
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    body(request, problem.toBuffer());
  }

  /** Ends the answer; only its length is told to who asked with HEAD. */
  static Future<Void> body(HttpServerRequest request, Buffer body) {
    HttpServerResponse response = request.response();
    return HttpMethod.HEAD.equals(request.method())
        ? length(response, body.length())
        : response.end(body);
  }

  /** Ends an answer of whose body only the length is told. */
  static Future<Void> length(HttpServerResponse response, int bytes) {
    return response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(bytes)).end();
  }
}
