package dev.amphi.interactive.room;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** The peer connections that show all tracks of one participant, as WHEP does. */
final class Followers {
  private final Map<MediaSession, Followed> followed = new HashMap<>();

  /** Who is followed, and whether its followers may see it now. */
  private record Followed(String participantId, BooleanSupplier mayBeShown) {}

  /** Follows a participant for as long as {@code mayBeShown} says so. */
  void add(MediaSession session, String participantId, BooleanSupplier mayBeShown) {
    followed.put(session, new Followed(participantId, mayBeShown));
  }

  void remove(MediaSession session) {
    followed.remove(session);
  }

  void clear() {
    followed.clear();
  }

  /** All of them. */
  Set<MediaSession> sessions() {
    return followed.keySet();
  }

  /**
   * Fills the empty slots from these tracks; empties those that show somebody who may not be seen.
   */
  void refresh(Collection<MediaTrack> tracks, long nowNanos) {
    followed.forEach(
        (session, shown) -> {
          boolean mayBeShown = shown.mayBeShown().getAsBoolean();
          for (Slot slot : session.slots().all()) {
            if (!mayBeShown) {
              slot.show(null, nowNanos);
            } else if (slot.track() == null) {
              fill(slot, session, shown.participantId(), tracks, nowNanos);
            }
          }
        });
  }

  private static void fill(
      Slot slot,
      MediaSession session,
      String participantId,
      Collection<MediaTrack> tracks,
      long nowNanos) {
    tracks.stream()
        .filter(track -> track.view().participantId().equals(participantId))
        .filter(track -> track.view().kind() == slot.kind())
        .filter(track -> session.slots().all().stream().noneMatch(s -> s.track() == track))
        .min(Comparator.comparing(track -> track.view().source()))
        .ifPresent(track -> slot.show(track, nowNanos));
  }
}
