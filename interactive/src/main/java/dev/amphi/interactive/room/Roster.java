package dev.amphi.interactive.room;

import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.StageState;
import dev.amphi.interactive.signal.ServerEncoder;
import dev.amphi.interactive.signal.ServerMessage;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Who is in the room; tells all of them what happens. */
final class Roster {
  private final Map<String, Participant> byId = new LinkedHashMap<>();
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

  int viewers() {
    int viewers = 0;
    for (Participant participant : byId.values()) {
      if (participant.watches()) {
        viewers++;
      }
    }
    return viewers;
  }

  /** Raised hands. */
  int hands() {
    int hands = 0;
    for (Participant participant : byId.values()) {
      if (participant.state() == StageState.REQUESTED) {
        hands++;
      }
    }
    return hands;
  }

  /** Tells everybody. */
  void tell(ServerMessage message) {
    tell(encoder.body(message));
  }

  /** Tells everybody what was spelled before. */
  void tell(String body) {
    Optional<String> same = Optional.of(body);
    tell(participant -> same);
  }

  /** Tells each what was spelled for it, or nothing. */
  void tell(Function<Participant, Optional<String>> bodies) {
    long now = clock.nanos();
    for (Participant participant : byId.values()) {
      SignalSession signal = participant.signal();
      if (signal != null) {
        bodies.apply(participant).ifPresent(body -> signal.send(body, now));
      }
    }
  }
}
