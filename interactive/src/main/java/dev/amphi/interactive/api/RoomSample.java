package dev.amphi.interactive.api;

import java.util.List;
import java.util.Map;

/**
 * How a room did since somebody looked before.
 *
 * @param paths the peer connections that are up
 * @param counts how much each counter grew; what did not grow is missing
 */
public record RoomSample(
    List<LinkSample> streams, List<PathSample> paths, Map<RoomCounter, Long> counts) {
  public RoomSample {
    streams = List.copyOf(streams);
    paths = List.copyOf(paths);
    counts = Map.copyOf(counts);
  }
}
