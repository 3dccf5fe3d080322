package dev.amphi.interactive.web;

import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** What a viewer of the program says about the picture it wants. */
final class Whep {
  private Whep() {}

  /** The rendition that the query names, or "". */
  static String rendition(RoutingContext context) {
    List<String> named = context.queryParam("rendition");
    return named.isEmpty() ? "" : named.getFirst();
  }

  /** Whether the viewer wants to spare its data volume (the client hint Save-Data). */
  static boolean savesData(RoutingContext context) {
    String header = context.request().getHeader("Save-Data");
    return header != null && header.strip().equalsIgnoreCase("on");
  }
}
