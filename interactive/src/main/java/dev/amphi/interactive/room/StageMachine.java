package dev.amphi.interactive.room;

import static dev.amphi.interactive.api.StageState.ACCEPTED;
import static dev.amphi.interactive.api.StageState.BACKSTAGE;
import static dev.amphi.interactive.api.StageState.DECLINED;
import static dev.amphi.interactive.api.StageState.INVITED;
import static dev.amphi.interactive.api.StageState.OFF_STAGE;
import static dev.amphi.interactive.api.StageState.ON_STAGE;
import static dev.amphi.interactive.api.StageState.REQUESTED;
import static dev.amphi.interactive.api.StageState.WAITING;

import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.StageState;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Who may move whom where: the table of {@code docs/signalling.md}, and nothing else. */
final class StageMachine {
  /** In which capacity somebody moves a participant. */
  enum By {
    /** The participant, by its hand. */
    HAND,
    /** The participant, by a stage command. */
    SELF,
    /** An instructor or a moderator. */
    MODERATOR,
    /** The room, when the participant's offer was answered. */
    OFFER
  }

  private record Rule(Set<StageState> from, StageState to, Set<By> by) {}

  private static final List<Rule> RULES =
      List.of(
          new Rule(EnumSet.of(WAITING), ON_STAGE, EnumSet.of(By.MODERATOR)),
          new Rule(EnumSet.of(OFF_STAGE, DECLINED), REQUESTED, EnumSet.of(By.HAND)),
          new Rule(EnumSet.of(REQUESTED), OFF_STAGE, EnumSet.of(By.HAND, By.MODERATOR)),
          new Rule(EnumSet.of(REQUESTED), ACCEPTED, EnumSet.of(By.MODERATOR)),
          new Rule(EnumSet.of(OFF_STAGE, DECLINED), INVITED, EnumSet.of(By.MODERATOR)),
          new Rule(EnumSet.of(INVITED), ACCEPTED, EnumSet.of(By.SELF)),
          new Rule(EnumSet.of(INVITED), DECLINED, EnumSet.of(By.SELF)),
          new Rule(EnumSet.of(INVITED), OFF_STAGE, EnumSet.of(By.MODERATOR)),
          new Rule(EnumSet.of(ACCEPTED), BACKSTAGE, EnumSet.of(By.OFFER)),
          new Rule(EnumSet.of(BACKSTAGE), ON_STAGE, EnumSet.of(By.MODERATOR)),
          new Rule(EnumSet.of(ON_STAGE), BACKSTAGE, EnumSet.of(By.MODERATOR)),
          new Rule(
              EnumSet.of(ACCEPTED, BACKSTAGE, ON_STAGE),
              OFF_STAGE,
              EnumSet.of(By.SELF, By.MODERATOR)));

  private StageMachine() {}

  /**
   * Allows a move or refuses it: 403 {@code not_allowed} when somebody else may make it, 409 {@code
   * bad_state} when nobody may.
   */
  static void check(StageState from, StageState to, Set<By> by) throws Refusal {
    boolean known = false;
    for (Rule rule : RULES) {
      if (rule.from.contains(from) && rule.to == to) {
        known = true;
        if (rule.by.stream().anyMatch(by::contains)) {
          return;
        }
      }
    }
    String move = "from " + from.wireName() + " to " + to.wireName();
    if (known) {
      throw new Refusal(403, "not_allowed", "You cannot move this participant " + move + ".");
    }
    throw new Refusal(409, "bad_state", "Nobody goes " + move + ".");
  }
}
