package dev.amphi.server.web;

import dev.amphi.server.token.RoomToken;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** The links that people are sent; the token stands in the fragment, which no server logs. */
public final class Links {
  private final Supplier<String> origin;

  /**
   * @param origin scheme, host and port that people reach this node by; known once it listens
   */
  public Links(Supplier<String> origin) {
    this.origin = origin;
  }

  /** Where a class is given from. */
  public String studio(String room, String token) {
    return origin.get() + "/studio/" + room + "#token=" + encoded(token);
  }

  /** Where a class is watched. */
  public String watch(String room) {
    return origin.get() + "/watch/" + room;
  }

  JsonObject json(RoomToken claims, String token) {
    boolean viewer = claims.role().equals("viewer");
    return new JsonObject()
        .put("studio", viewer ? null : studio(claims.room(), token))
        .put("watch", watch(claims.room()) + (viewer ? "#token=" + encoded(token) : ""))
        .put("hls", origin.get() + "/hls/" + claims.room() + "/index.m3u8");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
