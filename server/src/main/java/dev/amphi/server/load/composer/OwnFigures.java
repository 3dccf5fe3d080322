package dev.amphi.server.load.composer;

import java.util.List;
import java.util.Optional;

/** What was measured of this composer alone; empty where it was not asked for. */
record OwnFigures(
    Optional<DelayResult> delay, List<RoomResult> rooms, List<TransitionResult> transitions) {
  OwnFigures {
    rooms = List.copyOf(rooms);
    transitions = List.copyOf(transitions);
  }
}
