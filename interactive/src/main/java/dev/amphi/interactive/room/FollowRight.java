package dev.amphi.interactive.room;

import dev.amphi.interactive.api.Grant;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.api.StageState;

/**
 * The right of somebody who came by WHEP to see one participant. Used on the room's loop.
 *
 * @param follower the token that holds it
 * @param backstage whether those who are not on stage may be seen too
 */
record FollowRight(Room room, Credential follower, boolean backstage, String participantId) {
  /** The right to see somebody now; refused with 403 to whom there is none. */
  static FollowRight require(Room room, Credential follower, Participant shown) throws Refusal {
    boolean backstage = backstage(room, follower.grant());
    if (!backstage && shown.state() != StageState.ON_STAGE) {
      throw new Refusal(
          403,
          "not_allowed",
          "'"
              + shown.id()
              + "' is '"
              + shown.state().wireName()
              + "', and a viewer's token follows only those on stage: try again when they are.");
    }
    return new FollowRight(room, follower, backstage, shown.id());
  }

  /**
   * Whether somebody may follow those backstage too: whoever is in, or would be let in now. Refused
   * where it would not; a viewer is kept out by no door, and sees the stage only.
   */
  private static boolean backstage(Room room, Grant follower) throws Refusal {
    SignalDoor door = room.signalDoor();
    Role role = door.role(follower);
    if (role == Role.VIEWER || role.moderates()) {
      return role.moderates();
    }
    Participant present = room.roster().find(follower.participantId());
    if (present == null && !door.locked() && !door.waitingRoom()) {
      return true;
    }
    StageState state = present == null ? door.arrival(follower) : present.state();
    if (state == StageState.WAITING) {
      throw new Refusal(
          403, "not_allowed", "You are in the waiting room: wait until a moderator lets you in.");
    }
    return present != null || state == StageState.ON_STAGE;
  }

  /** Asked again whenever somebody changes: role and token may be lesser ones since. */
  boolean holds() {
    Grant grant = follower.grant();
    Participant present = room.roster().find(grant.participantId());
    if (present != null && present.state() == StageState.WAITING) {
      return false;
    }
    Participant shown = room.roster().find(participantId);
    return (backstage && room.signalDoor().role(grant) != Role.VIEWER)
        || (shown != null && shown.state() == StageState.ON_STAGE);
  }
}
