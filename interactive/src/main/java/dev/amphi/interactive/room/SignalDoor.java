package dev.amphi.interactive.room;

import dev.amphi.interactive.api.Grant;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.api.StageState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Who may come in, and as what: the lock, the waiting room, and what moderators decided about
 * somebody. It outlives the visits, so that nobody comes back by another way as what he was not.
 */
final class SignalDoor {
  /** Decisions kept; far more than people in a room. */
  private static final int MOST = 10_000;

  private final Set<String> removed = new HashSet<>();
  private final Set<String> admitted = new HashSet<>();
  private final Set<String> sentOff = new HashSet<>();
  private final Map<String, Role> roles = new HashMap<>();
  private boolean locked;
  private boolean waitingRoom;

  boolean locked() {
    return locked;
  }

  void lock(boolean shut) {
    locked = shut;
  }

  boolean waitingRoom() {
    return waitingRoom;
  }

  void waitingRoom(boolean open) {
    waitingRoom = open;
  }

  /** Keeps an id out for as long as the room is open. */
  void remove(String id) {
    keep(removed, id);
    admitted.remove(id);
  }

  void refuseRemoved(String id) throws Refusal {
    if (removed.contains(id)) {
      throw new Refusal(
          403, "not_allowed", "You were removed from this class by a moderator and cannot return.");
    }
  }

  /** What somebody is here: the token's role, or what a moderator made of it. */
  Role role(Grant grant) {
    return roles.getOrDefault(grant.participantId(), grant.role());
  }

  void role(String id, Role role) {
    if (roles.size() < MOST || roles.containsKey(id)) {
      roles.put(id, role);
    }
  }

  /** A moderator decided that somebody goes on stage, or at least on the way there. */
  void admit(String id) {
    keep(admitted, id);
    sentOff.remove(id);
  }

  /** A moderator sent somebody off the stage: the token alone does not lead back. */
  void sendOff(String id) {
    keep(sentOff, id);
  }

  private static void keep(Set<String> ids, String id) {
    if (ids.size() < MOST) {
      ids.add(id);
    }
  }

  /** Where somebody stands who comes in now; refused where the class is locked. */
  StageState arrival(Grant grant) throws Refusal {
    String id = grant.participantId();
    refuseRemoved(id);
    Role role = role(grant);
    if (!role.startsOnStage() || sentOff.contains(id)) {
      return StageState.OFF_STAGE;
    }
    if (role.moderates() || admitted.contains(id)) {
      return StageState.ON_STAGE;
    }
    if (locked) {
      throw locked403();
    }
    if (waitingRoom) {
      return StageState.WAITING;
    }
    keep(admitted, id);
    return StageState.ON_STAGE;
  }

  /** The refusal of a class that is locked. */
  static Refusal locked403() {
    return new Refusal(
        403,
        "not_allowed",
        "The class is locked: nobody new comes in. Ask a teacher to unlock it.");
  }
}
