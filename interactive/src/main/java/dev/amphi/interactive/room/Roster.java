package dev.amphi.interactive.room;

import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.signal.ServerEncoder;
import dev.amphi.interactive.signal.ServerMessage;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who is in the room and who may not come back; tells all of them what happens. */
final class Roster {
  private static final int MAX_REMOVED = 10_000;

  private final Map<String, Participant> byId = new LinkedHashMap<>();
  private final Set<String> removed = new HashSet<>();
  private final ServerEncoder encoder;
  private final RoomClock clock;

  Roster(ServerEncoder encoder, RoomClock clock) {
    this.encoder = encoder;
    this.clock = clock;
  }

  Collection<Participant> all() {
    return List.copyOf(byId.values());
  }

  int size() {
    return byId.size();
  }

  @Nullable Participant find(String id) {
    return byId.get(id);
  }

  Participant require(String id) throws Refusal {
    Participant participant = byId.get(id);
    if (participant == null) {
      throw new Refusal(404, "unknown_participant", "Nobody with the id '" + id + "' is here.");
    }
    return participant;
  }

  void add(Participant participant) {
    byId.put(participant.id(), participant);
  }

  void remove(Participant participant) {
    byId.remove(participant.id());
  }

  /** Keeps an id out for as long as the room is open. */
  void ban(String id) {
    if (removed.size() < MAX_REMOVED) {
      removed.add(id);
    }
  }

  void refuseBanned(String id) throws Refusal {
    if (removed.contains(id)) {
      throw new Refusal(
          403, "not_allowed", "You were removed from this class by a moderator and cannot return.");
    }
  }

  int viewers() {
    int viewers = 0;
    for (Participant participant : byId.values()) {
      if (participant.watches()) {
        viewers++;
      }
    }
    return viewers;
  }

  /** Tells everybody. */
  void tell(ServerMessage message) {
    tell(encoder.body(message));
  }

  /** Tells everybody what was spelled before. */
  void tell(String body) {
    long now = clock.nanos();
    for (Participant participant : byId.values()) {
      if (participant.signal() != null) {
        participant.signal().send(body, now);
      }
    }
  }
}
