package dev.amphi.interactive.room;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The peer connections of this node that were made over HTTP. Thread-safe. */
final class HttpMediaTable {
  private final Map<String, HttpMedia> byId = new ConcurrentHashMap<>();

  HttpMedia keep(HttpMedia media) {
    byId.put(media.id(), media);
    return media;
  }

  void forget(String id) {
    byId.remove(id);
  }

  Optional<HttpMedia> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** Whoever is removed neither sends nor follows over HTTP any more. */
  void endThoseOf(String roomId, String participantId) {
    end(
        media ->
            media.roomId().equals(roomId)
                && media.credential().grant().participantId().equals(participantId));
  }

  /** Ends those of a room whose token has expired. */
  void endExpired(String roomId, Instant now) {
    end(media -> media.roomId().equals(roomId) && media.credential().expired(now));
  }

  private void end(Predicate<HttpMedia> which) {
    for (HttpMedia media : List.copyOf(byId.values())) {
      if (which.test(media)) {
        media.end().run();
      }
    }
  }
}
