package dev.amphi.interactive.room;

import dev.amphi.interactive.api.RoomStatus;
import dev.amphi.interactive.signal.ServerMessage;
import dev.amphi.interactive.signal.ServerState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

  /** Those who were told the room as it is seen from inside. */
  private final Set<Participant> inside = new HashSet<>();

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
    seesFrom(participant, participant.inside());
    return told.snapshot(participant.inside());
  }

  private void seesFrom(Participant participant, boolean within) {
    if (within) {
      inside.add(participant);
    } else {
      inside.remove(participant);
    }
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
    inside.remove(participant);
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
    told.advance(status, viewersTold, door.locked(), door.waitingRoom(), listed, unlisted, left)
        .ifPresent(this::tell);
    roster.all().forEach(participant -> turn(participant, nowNanos));
    changed.clear();
    left.clear();
    statusChanged = false;
  }

  /** Who is not inside any more is not told a last time what those inside are told. */
  private void tell(ServerState.Changes changes) {
    roster.tell(
        participant ->
            inside.contains(participant) && participant.inside()
                ? Optional.of(changes.inside())
                : changes.outside());
  }

  /** Who went on stage, or off it, sees more or less of the room from now on. */
  private void turn(Participant participant, long nowNanos) {
    SignalSession signal = participant.signal();
    if (signal != null && inside.contains(participant) != participant.inside()) {
      seesFrom(participant, participant.inside());
      signal.send(told.turned(participant.inside()), nowNanos);
    }
  }
}
