package dev.amphi.interactive.room;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The peer connections of this node that were made over HTTP, found by id and by room: each room
 * looks through its own many times a second. Thread-safe.
 */
final class HttpMediaTable {
  private final Map<String, HttpMedia> byId = new ConcurrentHashMap<>();
  private final Map<String, Set<HttpMedia>> byRoom = new ConcurrentHashMap<>();

  HttpMedia keep(HttpMedia media) {
    byId.put(media.id(), media);
    byRoom.compute(
        media.roomId(),
        (room, before) -> {
          Set<HttpMedia> all = before == null ? ConcurrentHashMap.newKeySet() : before;
          all.add(media);
          return all;
        });
    return media;
  }

  void forget(String id) {
    HttpMedia gone = byId.remove(id);
    if (gone != null) {
      byRoom.computeIfPresent(
          gone.roomId(),
          (room, all) -> {
            all.remove(gone);
            return all.isEmpty() ? null : all;
          });
    }
  }

  /** Those of a room. */
  Set<HttpMedia> of(String roomId) {
    return byRoom.getOrDefault(roomId, Set.of());
  }

  Optional<HttpMedia> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** Whoever is removed neither sends nor follows over HTTP any more; whether somebody did. */
  boolean endThoseOf(String roomId, String participantId) {
    return end(roomId, media -> media.credential().grant().participantId().equals(participantId));
  }

  /** Ends those of a room whose token has expired. */
  void endExpired(String roomId, Instant now) {
    end(roomId, media -> media.credential().expired(now));
  }

  private boolean end(String roomId, Predicate<HttpMedia> which) {
    boolean ended = false;
    for (HttpMedia media : of(roomId)) {
      if (which.test(media)) {
        media.end().run();
        ended = true;
      }
    }
    return ended;
  }
}
