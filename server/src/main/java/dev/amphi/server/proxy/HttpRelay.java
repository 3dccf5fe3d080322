package dev.amphi.server.proxy;

import dev.amphi.server.web.ClientAddress;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

/** Passes one HTTP exchange on to another node, streaming both bodies with back-pressure. */
final class HttpRelay {
  /** Names the node that passed a request on; what carries it is never passed on again. */
  static final String VIA_NODE = "X-Amphi-Via-Node";

  /** Longer than a blocking playlist reload may wait (three target durations). */
  private static final int IDLE_TIMEOUT_SECONDS = 30;

  private static final int CONNECT_TIMEOUT_MILLIS = 2_000;

  /** RFC 9110 §7.6.1: these belong to one hop. */
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private final HttpClient client;

  HttpRelay(Vertx vertx) {
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
                .setIdleTimeout(IDLE_TIMEOUT_SECONDS)
                .setDecompressionSupported(false),
            new PoolOptions().setHttp1MaxSize(256).setMaxWaitQueueSize(2_000));
  }

  void relay(RoutingContext context, URI owner, String selfId) {
    HttpServerRequest request = context.request();
    RequestOptions options =
        new RequestOptions()
            .setHost(owner.getHost())
            .setPort(owner.getPort())
            .setMethod(request.method())
            .setURI(request.uri());
    client
        .request(options)
        .compose(onward -> send(request, onward, selfId, ClientAddress.of(context)))
        .compose(answer -> answer(context.response(), answer))
        .onFailure(failure -> unavailable(context));
  }

  private static io.vertx.core.Future<HttpClientResponse> send(
      HttpServerRequest request, HttpClientRequest onward, String selfId, String client) {
    copy(request.headers(), onward.headers());
    onward.putHeader(VIA_NODE, selfId);
    // The visitor's; the owner's own peer is only this node.
    onward.putHeader("X-Forwarded-For", client);
    boolean hasBody =
        request.getHeader("Content-Length") != null
            || request.getHeader("Transfer-Encoding") != null;
    if (!hasBody) {
      request.resume();
      return onward.send();
    }
    if (request.getHeader("Content-Length") == null) {
      onward.setChunked(true);
    }
    return onward.send(request);
  }

  private static io.vertx.core.Future<Void> answer(
      HttpServerResponse response, HttpClientResponse answer) {
    response.setStatusCode(answer.statusCode());
    copy(answer.headers(), response.headers());
    if (answer.getHeader("Content-Length") == null) {
      response.setChunked(true);
    }
    return answer.pipeTo(response);
  }

  private static void copy(MultiMap from, MultiMap to) {
    for (var header : from) {
      if (!HOP_BY_HOP.contains(header.getKey().toLowerCase(Locale.ROOT))) {
        to.add(header.getKey(), header.getValue());
      }
    }
  }

  private static void unavailable(RoutingContext context) {
    HttpServerResponse response = context.response();
    if (response.headWritten()) {
      response.reset();
      return;
    }
    response
        .setStatusCode(502)
        .putHeader("Content-Type", "application/problem+json")
        .putHeader("Cache-Control", "no-store")
        .putHeader("Retry-After", "2")
        .end(
            new JsonObject()
                .put("type", "about:blank")
                .put("title", "The class's node does not answer")
                .put("status", 502)
                .put("code", "unavailable")
                .put(
                    "detail",
                    "The node that holds this class could not be reached; try again in a few seconds.")
                .toBuffer());
  }
}
