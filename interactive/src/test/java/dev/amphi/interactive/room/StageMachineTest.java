package dev.amphi.interactive.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.StageState;
import dev.amphi.interactive.room.StageMachine.By;
import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StageMachineTest {
  /** The table of {@code docs/signalling.md}: from → to, and the capacities that may do it. */
  private static final String DOCUMENTED =
      """
      off_stage requested HAND
      declined requested HAND
      waiting on_stage MODERATOR
      requested off_stage HAND MODERATOR
      requested accepted MODERATOR
      off_stage invited MODERATOR
      declined invited MODERATOR
      invited accepted SELF
      invited declined SELF
      invited off_stage MODERATOR
      accepted backstage OFFER
      backstage on_stage MODERATOR
      on_stage backstage MODERATOR
      accepted off_stage SELF MODERATOR
      backstage off_stage SELF MODERATOR
      on_stage off_stage SELF MODERATOR
      """;

  private static Map<String, EnumSet<By>> documented() {
    Map<String, EnumSet<By>> table = new TreeMap<>();
    DOCUMENTED
        .lines()
        .map(line -> line.split(" ", 3))
        .forEach(
            words -> {
              EnumSet<By> by = EnumSet.noneOf(By.class);
              for (String name : words[2].split(" ", -1)) {
                by.add(By.valueOf(name));
              }
              table.put(words[0] + " " + words[1], by);
            });
    return table;
  }

  private static int statusOf(StageState from, StageState to, By by) {
    try {
      StageMachine.check(from, to, EnumSet.of(by));
      return 200;
    } catch (Refusal refusal) {
      return refusal.status();
    }
  }

  @ParameterizedTest
  @EnumSource(By.class)
  void everyMoveIsAllowedExactlyAsDocumented(By by) {
    Map<String, EnumSet<By>> table = documented();
    for (StageState from : StageState.values()) {
      for (StageState to : StageState.values()) {
        EnumSet<By> allowed = table.get(from.wireName() + " " + to.wireName());
        int expected = allowed == null ? 409 : allowed.contains(by) ? 200 : 403;
        assertThat(statusOf(from, to, by)).as("%s -> %s by %s", from, to, by).isEqualTo(expected);
      }
    }
  }

  @Test
  void theTableOfTheTestIsNotEmpty() {
    assertThat(documented()).hasSize(16);
  }
}
