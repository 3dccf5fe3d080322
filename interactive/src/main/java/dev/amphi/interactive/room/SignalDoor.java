package dev.amphi.interactive.room;

import dev.amphi.interactive.api.Consent;
import dev.amphi.interactive.api.Decisions;
import dev.amphi.interactive.api.Grant;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.api.StageState;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who may come in, and as what: the lock, the waiting room, and what moderators decided about
 * somebody, and what people said of the program. It outlives the visits, so that nobody comes back
 * by another way as what he was not.
 */
final class SignalDoor {
  /** How long somebody who was not let in has to wait before knocking again. */
  static final long KNOCK_AGAIN_NANOS = 60_000_000_000L;

  /** Decisions kept; far more than people in a room. */
  private static final int MOST = 10_000;

  private final Set<String> removed;
  private final Set<String> admitted;
  private final Set<String> sentOff;
  private final Set<String> declined;

  /** Read by other threads too. */
  private final Map<String, Role> roles;

  private final Map<String, Long> turnedAwayUntilNanos =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > MOST;
        }
      };

  private boolean locked;
  private boolean waitingRoom;
  private boolean changed;

  /**
   * @param before what was decided before the room was opened here
   */
  SignalDoor(Decisions before) {
    locked = before.locked();
    waitingRoom = before.waitingRoom();
    roles = new ConcurrentHashMap<>(before.roles());
    admitted = new HashSet<>(before.admitted());
    sentOff = new HashSet<>(before.sentOff());
    removed = new HashSet<>(before.removed());
    declined = new HashSet<>(before.declined());
  }

  /** What holds now. */
  Decisions decisions() {
    return new Decisions(locked, waitingRoom, roles, admitted, sentOff, removed, declined);
  }

  /** Whether something was decided since this was asked last. */
  boolean takeChanged() {
    boolean was = changed;
    changed = false;
    return was;
  }

  boolean locked() {
    return locked;
  }

  void lock(boolean shut) {
    changed |= locked != shut;
    locked = shut;
  }

  boolean waitingRoom() {
    return waitingRoom;
  }

  void waitingRoom(boolean open) {
    changed |= waitingRoom != open;
    waitingRoom = open;
  }

  /** Keeps an id out for as long as the room is open. */
  void remove(String id) {
    keep(removed, id);
    admitted.remove(id);
  }

  /** Keeps an id out no longer; false when it was not kept out. */
  boolean letIn(String id) {
    boolean was = removed.remove(id);
    changed |= was;
    return was;
  }

  /** A guest's name among the ids: no participant's id holds a colon. */
  static String guest(String name) {
    return "guest:" + name;
  }

  /** Somebody who knocked is not let in, for now. */
  void turnAway(String id, long nowNanos) {
    turnedAwayUntilNanos.put(id, nowNanos + KNOCK_AGAIN_NANOS);
  }

  /** Refuses who was removed. */
  void refuseRemoved(String id) throws Refusal {
    if (removed.contains(id)) {
      throw new Refusal(
          403, "not_allowed", "You were removed from this class by a moderator and cannot return.");
    }
  }

  /** Refuses who was removed, and who knocks again too soon. */
  void refuseUnwelcome(String id, long nowNanos) throws Refusal {
    refuseRemoved(id);
    Long until = turnedAwayUntilNanos.get(id);
    if (until == null) {
      return;
    }
    if (until - nowNanos <= 0) {
      turnedAwayUntilNanos.remove(id);
      return;
    }
    throw new Refusal(
        403,
        "not_allowed",
        "A moderator did not let you in: you may knock again in "
            + ((until - nowNanos) / 1_000_000_000L + 1)
            + " s.");
  }

  /** What somebody is here: the token's role, or what a moderator made of it. Thread-safe. */
  Role role(Grant grant) {
    return roles.getOrDefault(grant.participantId(), grant.role());
  }

  void role(String id, Role role) {
    if (roles.size() < MOST || roles.containsKey(id)) {
      changed |= roles.put(id, role) != role;
    }
  }

  /** A moderator decided that somebody goes on stage, or at least on the way there. */
  void admit(String id) {
    keep(admitted, id);
    changed |= sentOff.remove(id);
    turnedAwayUntilNanos.remove(id);
  }

  /** A moderator sent somebody off the stage: the token alone does not lead back. */
  void sendOff(String id) {
    keep(sentOff, id);
  }

  /** Somebody said whether it wants to be in the program. */
  void consent(String id, boolean given) {
    if (given) {
      changed |= declined.remove(id);
    } else {
      keep(declined, id);
    }
  }

  /** What somebody said of the program when it was here last. */
  Consent consent(String id) {
    return declined.contains(id) ? Consent.DECLINED : Consent.UNSTATED;
  }

  private void keep(Set<String> ids, String id) {
    if (ids.size() < MOST) {
      changed |= ids.add(id);
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
