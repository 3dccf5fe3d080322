package dev.amphi.interactive.room;

import dev.amphi.interactive.api.RoomStatus;
import dev.amphi.interactive.signal.ServerMessage;
import dev.amphi.interactive.signal.ServerState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells everybody what changed about the room: at once when little happens, together when much
 * does, so that a class of 300 that comes in at the same minute costs each of them four messages a
 * second.
 */
final class SignalFeed {
  /** Messages of changes in two seconds, at most: what few people do is told at once. */
  static final int BURST = 8;

  /** How often the number of viewers alone is worth a message. */
  static final long VIEWERS_NANOS = 1_000_000_000L;

  private static final long SECOND = 1_000_000_000L;

  private final Roster roster;
  private final SignalDoor door;
  private final ServerState told;
  private final TokenBucket messages;
  private final Set<Participant> changed = new LinkedHashSet<>();
  private final Map<String, String> left = new LinkedHashMap<>();

  /** The room as each was told it last. */
  private final Map<Participant, ServerState.View> seen = new HashMap<>();

  private RoomStatus status;
  private boolean statusChanged;
  private int viewersTold;
  private long viewersDueAtNanos;

  SignalFeed(Roster roster, SignalDoor door, RoomStatus status, long nowNanos) {
    this.roster = roster;
    this.door = door;
    this.status = status;
    this.told = new ServerState(status, door.locked(), door.waitingRoom());
    this.messages = new TokenBucket(BURST, 2 * SECOND, nowNanos);
  }

  /** The room as it was told last, for one who comes in; what is told later builds on it. */
  String snapshot(Participant participant) {
    ServerState.View view = view(participant);
    seen.put(participant, view);
    return told.snapshot(view);
  }

  /** How much of the room somebody sees, as it stands by now. */
  private ServerState.View view(Participant participant) {
    if (participant.moderates()) {
      return told.moderating();
    }
    if (!participant.state().mayPublish()) {
      return told.outside();
    }
    Set<String> own = participant.tracks().stream().map(MediaTrack::id).collect(Collectors.toSet());
    return told.onStage(participant.id(), own);
  }

  void status(RoomStatus next, long nowNanos) {
    status = next;
    statusChanged = true;
    tellSoon(nowNanos);
  }

  void changed(Participant participant, long nowNanos) {
    changed.add(participant);
    left.remove(participant.id());
    tellSoon(nowNanos);
  }

  void left(Participant participant, String reason, long nowNanos) {
    changed.remove(participant);
    seen.remove(participant);
    if (told.knows(participant.id())) {
      left.put(participant.id(), reason);
      tellSoon(nowNanos);
    }
  }

  /** Tells what had to wait. */
  void poll(long nowNanos) {
    if (statusChanged || !changed.isEmpty() || !left.isEmpty()) {
      tellSoon(nowNanos);
    } else if (roster.viewers() != viewersTold && nowNanos >= viewersDueAtNanos) {
      tellSoon(nowNanos);
    }
  }

  private void tellSoon(long nowNanos) {
    if (!messages.take(nowNanos)) {
      return;
    }
    if (roster.viewers() != viewersTold) {
      viewersTold = roster.viewers();
      viewersDueAtNanos = nowNanos + VIEWERS_NANOS;
    }
    List<ServerMessage.Person> listed = new ArrayList<>();
    List<ServerMessage.Person> unlisted = new ArrayList<>();
    for (Participant participant : changed) {
      (participant.listed() ? listed : unlisted).add(participant.person());
    }
    ServerState.Changes changes =
        told.advance(
            status, viewersTold, door.locked(), door.waitingRoom(), listed, unlisted, left);
    roster.tell(
        participant -> {
          ServerState.View view = view(participant);
          return changes.of(seen.put(participant, view), view);
        });
    changed.clear();
    left.clear();
    statusChanged = false;
  }
}
