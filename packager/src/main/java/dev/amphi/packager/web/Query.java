package dev.amphi.packager.web;

import dev.amphi.packager.origin.PlaylistRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;

/**
 * The parameters of a request's query.
 *
 * @param readable false when it cannot be decoded: then nothing is known of it
 */
record Query(Map<String, List<String>> parameters, boolean readable)
    implements PlaylistRequest.Query {
  private static final Query NONE = new Query(Map.of(), true);
  private static final Query UNREADABLE = new Query(Map.of(), false);

  static Query of(HttpServerRequest request) {
    String query = request.query();
    if (query == null || query.isEmpty()) {
      return NONE;
    }
    try {
      return new Query(new QueryStringDecoder(query, false).parameters(), true);
    } catch (IllegalArgumentException e) {
      return UNREADABLE;
    }
  }

  @Override
  public List<String> all(String name) {
    return parameters.getOrDefault(name, List.of());
  }
}
