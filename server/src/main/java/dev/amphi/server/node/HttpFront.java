package dev.amphi.server.node;

import dev.amphi.interactive.web.InteractiveWeb;
import dev.amphi.server.config.ServerConfig;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.BindException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The node's HTTP port. */
final class HttpFront {
  private static final int LONGEST_URL = 8_192;
  private static final int LONGEST_HEADERS = 16_384;

  static {
    // A head that never changes is written once, and copied for all whom it goes to.
    System.setProperty("vertx.cacheImmutableHttpResponseHeaders", "true");
  }

  private final ServerConfig config;
  private final HttpServer server;

  HttpFront(ServerConfig config, Vertx vertx) {
    this.config = config;
    this.server = InteractiveWeb.compress(vertx.createHttpServer(options(config.http())));
  }

  /** Who answers; to be told before it listens. */
  void serve(Handler<HttpServerRequest> requests) {
    server.requestHandler(
        request -> {
          // Who asks on and on and reads no answer would have them all kept in memory; nobody else
          // asks while there is still so much of the last answer here.
          if (request.response().writeQueueFull()) {
            request.connection().close();
          } else {
            requests.handle(request);
          }
        });
  }

  private static HttpServerOptions options(ServerConfig.Http http) {
    HttpServerOptions options = InteractiveWeb.configure(new HttpServerOptions());
    return options
        // Answers are given on the connection's own thread: it needs no queue of 4 KiB for others'.
        .setStrictThreadMode(true)
        // No change of protocol within a connection: it is obsolete (RFC 9113, section 3.1), and a
        // way past what a proxy in front forbids.
        .setHttp2ClearTextEnabled(false)
        .setHost(http.host())
        .setPort(http.port())
        .setIdleTimeout((int) http.idleTimeout().toMillis())
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
        .setMaxInitialLineLength(LONGEST_URL)
        .setMaxHeaderSize(LONGEST_HEADERS);
  }

  void listen() throws StartException {
    try {
      server.listen().toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      String found = "http.port is " + config.http().port();
      throw new StartException(
          inUse(e.getCause())
              ? found
                  + ", which is in use on "
                  + config.http().host()
                  + ": stop the other program, or choose another port with --http-port."
              : found + ", which cannot be listened on: " + e.getCause());
    }
  }

  /** The native transport says in words what the JDK's says by its type. */
  private static boolean inUse(@Nullable Throwable cause) {
    return cause instanceof BindException
        || (cause instanceof IOException
            && String.valueOf(cause.getMessage()).contains("Address already in use"));
  }

  /** Where people reach this node. */
  String origin() {
    return config.publicUrl().map(Object::toString).orElseGet(this::localOrigin);
  }

  /** Where this machine reaches this node. */
  String localOrigin() {
    String host = config.http().host();
    boolean any = host.equals("0.0.0.0") || host.equals("::");
    String shown = any ? "127.0.0.1" : host.contains(":") ? "[" + host + "]" : host;
    return "http://" + shown + ":" + server.actualPort();
  }

  CompletableFuture<Void> stop() {
    return server.shutdown(1, TimeUnit.SECONDS).toCompletionStage().toCompletableFuture();
  }
}
