package dev.amphi.server.load.origin;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The bytes of requests, each written once for all viewers. Confined to the swarm's thread. */
final class Requests {
  private record Place(boolean reload, int rendition, long msn, int part) {}

  private final List<URI> lists;
  private final Map<Place, byte[]> known = new HashMap<>();

  Requests(List<URI> lists) {
    this.lists = lists;
  }

  /** A reload that waits for a part, and takes a delta update. */
  byte[] reload(int rendition, long msn, int part) {
    return known.computeIfAbsent(
        new Place(true, rendition, msn, part),
        place ->
            WaitingRun.request(
                lists.get(rendition),
                "?_HLS_msn=" + msn + "&_HLS_part=" + part + "&_HLS_skip=YES"));
  }

  byte[] part(int rendition, long msn, int part) {
    return known.computeIfAbsent(
        new Place(false, rendition, msn, part),
        place -> WaitingRun.request(lists.get(rendition).resolve(msn + "." + part + ".m4s"), ""));
  }
}
