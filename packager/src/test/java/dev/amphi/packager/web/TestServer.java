package dev.amphi.packager.web;

import io.vertx.core.http.HttpServerOptions;

/** How a node's HTTP server is set up, as far as it matters here. */
public final class TestServer {
  private TestServer() {}

  /** Answers on the connection's own thread, and no change of protocol within a connection. */
  public static HttpServerOptions options() {
    return new HttpServerOptions().setStrictThreadMode(true).setHttp2ClearTextEnabled(false);
  }
}
