package dev.amphi.server.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RegularTest {
  /**
   * What happens at each coming: "" for a whole stay, "!x" for a refusal, "x" for a broken stay.
   */
  private final Deque<String> script = new ArrayDeque<>();

  private final List<String> log = new ArrayList<>();
  private final List<Long> pauses = new ArrayList<>();

  private final class Log implements Regular.Attendance {
    @Override
    public void came(double joinMillis) {
      log.add("came");
    }

    @Override
    public void left() {
      log.add("left");
    }

    @Override
    public void failed(String why) {
      log.add("failed: " + why);
    }
  }

  private Regular.Stay come() throws LoadFailed {
    String next = script.removeFirst();
    if (next.startsWith("!")) {
      throw new LoadFailed(next.substring(1));
    }
    return new Regular.Stay() {
      @Override
      public String await(long millis) {
        return next;
      }

      @Override
      public void close() {
        log.add("closed");
      }
    };
  }

  private void run(String... stays) {
    script.addAll(List.of(stays));
    new Regular(
            this::come,
            Regular.Habit.COMES_AND_GOES,
            new Log(),
            new Random(3),
            pauses::add,
            script::isEmpty)
        .run();
  }

  @Test
  void comesAgainAfterEachStay() {
    run("", "");

    assertThat(log).containsExactly("came", "left", "closed", "came", "left", "closed");
    assertThat(pauses).allMatch(millis -> millis >= 10_000 && millis <= 20_000);
  }

  @Test
  void comesLaterAndLaterWhileItFails() {
    run("!refused", "!refused", "the node went away", "!refused");

    assertThat(log)
        .containsExactly(
            "failed: refused",
            "failed: refused",
            "came",
            "left",
            "closed",
            "failed: the node went away",
            "failed: refused");
    assertThat(pauses.get(0)).isBetween(500L, 1_000L);
    assertThat(pauses.get(1)).isBetween(1_000L, 2_000L);
    assertThat(pauses.get(2)).isBetween(2_000L, 4_000L);
    assertThat(pauses.get(3)).isBetween(4_000L, 8_000L);
  }

  @Test
  void triesSoonAgainOnceAStayWasWhole() {
    run("!refused", "!refused", "", "!refused");

    assertThat(pauses.get(3)).isBetween(500L, 1_000L);
  }
}
