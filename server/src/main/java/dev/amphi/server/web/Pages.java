package dev.amphi.server.web;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.FileSystemAccess;
import io.vertx.ext.web.handler.StaticHandler;

/** The built pages, from {@code webroot/} on the class path. */
final class Pages {
  private static final String ROOT = "webroot";

  /** Where no program asks, also when a person looks on. */
  private static final String ADDRESSES = "/(?!(?:api|assets|debug|health|hls|whep|whip)/).*";

  private static final long YEAR_SECONDS = 31_536_000;

  private Pages() {}

  static void mount(Router router) {
    router.get("/").handler(context -> page(context, "index.html"));
    router.get("/studio/:room").handler(context -> page(context, "studio.html"));
    router.get("/watch/:room").handler(context -> page(context, "watch.html"));
    router.get("/recording/:room/:id").handler(context -> page(context, "recording.html"));
    // Vite names assets by their content, so that they never change.
    router
        .get("/assets/*")
        .handler(
            StaticHandler.create(FileSystemAccess.RELATIVE, ROOT + "/assets")
                .setMaxAgeSeconds(YEAR_SECONDS)
                .setCachingEnabled(true)
                .setDirectoryListing(false)
                .setIncludeHidden(false));
    router
        .getWithRegex("/[A-Za-z0-9_-]+\\.(svg|png|ico|webmanifest|txt|woff2)")
        .handler(
            StaticHandler.create(FileSystemAccess.RELATIVE, ROOT)
                .setDirectoryListing(false)
                .setIncludeHidden(false));
    router.getWithRegex(ADDRESSES).handler(Pages::lost);
  }

  /** A person who mistyped an address comes to the first page, which says so. */
  private static void lost(RoutingContext context) {
    String accept = context.request().getHeader(HttpHeaders.ACCEPT);
    if (accept == null || !accept.contains("text/html")) {
      context.next();
      return;
    }
    context.response().setStatusCode(404);
    page(context, "index.html");
  }

  private static void page(RoutingContext context, String file) {
    context
        .response()
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
        .sendFile(ROOT + "/" + file)
        .onFailure(
            cause ->
                new Problem(
                        404,
                        "not_found",
                        "This build has no pages: build web-player, then the server again.")
                    .send(context));
  }
}
