package dev.amphi.interactive.api;

import java.util.Map;
import java.util.Set;

/**
 * What moderators decided about a room and about people in it, by participant id, and who said no
 * to being in the program. It outlives their visits, and is handed in again when the room is opened
 * after a restart.
 *
 * @param locked whether nobody new comes in
 * @param waitingRoom whether students wait until they are admitted
 * @param roles who is something else here than its token says
 * @param admitted who may come in, and on stage, though the room is locked
 * @param sentOff who was sent off the stage: the token alone does not lead back
 * @param removed who stays out
 * @param declined who does not want to be in the program
 */
public record Decisions(
    boolean locked,
    boolean waitingRoom,
    Map<String, Role> roles,
    Set<String> admitted,
    Set<String> sentOff,
    Set<String> removed,
    Set<String> declined) {
  /** Nothing was decided yet. */
  public static final Decisions NONE =
      new Decisions(false, false, Map.of(), Set.of(), Set.of(), Set.of(), Set.of());

  public Decisions {
    roles = Map.copyOf(roles);
    admitted = Set.copyOf(admitted);
    sentOff = Set.copyOf(sentOff);
    removed = Set.copyOf(removed);
    declined = Set.copyOf(declined);
  }

  /** What somebody is here: what a moderator made of it, or else what its token says. */
  public Role role(String participantId, Role byToken) {
    return roles.getOrDefault(participantId, byToken);
  }
}
