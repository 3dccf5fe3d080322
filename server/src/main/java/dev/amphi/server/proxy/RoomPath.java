package dev.amphi.server.proxy;

import java.util.List;
import java.util.Optional;

/** Finds the room that a request is about; a pure function of its path and query. */
final class RoomPath {
  private static final List<String> PREFIXES =
      List.of("/api/rooms/", "/hls/", "/whip/", "/whep/", "/debug/rooms/");

  private RoomPath() {}

  /**
   * The room's id.
   *
   * @param path the request's path, as {@code /hls/demo/index.m3u8}
   * @param roomQuery the value of the query parameter {@code room}, used by {@code /ws} only; may
   *     be empty
   */
  static Optional<String> roomOf(String path, String roomQuery) {
    if (path.equals("/ws")) {
      return Optional.of(roomQuery).filter(room -> !room.isEmpty());
    }
    for (String prefix : PREFIXES) {
      if (path.startsWith(prefix)) {
        int begin = pastToken(path, prefix.length());
        int end = path.indexOf('/', begin);
        String room = path.substring(begin, end < 0 ? path.length() : end);
        return Optional.of(room).filter(id -> !id.isEmpty());
      }
    }
    return Optional.empty();
  }

  /** A viewer's token may stand before the room, as {@code /hls/~TOKEN/demo/index.m3u8}. */
  private static int pastToken(String path, int begin) {
    int end = path.startsWith("~", begin) ? path.indexOf('/', begin) : -1;
    return end < 0 ? begin : end + 1;
  }
}
