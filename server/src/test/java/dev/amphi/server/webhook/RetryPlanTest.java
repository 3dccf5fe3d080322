package dev.amphi.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPlanTest {
  private static final RetryPlan PLAN = RetryPlan.STANDARD;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void waitsLongerEachTimeAndGivesUpWithinThreeDays(long seed) {
    Random random = new Random(seed);
    List<Long> waits = new ArrayList<>();
    long age = 0;
    for (OptionalLong wait = PLAN.waitMillis(1, age, 0, random);
        wait.isPresent();
        wait = PLAN.waitMillis(waits.size() + 1, age, 0, random)) {
      waits.add(wait.getAsLong());
      age += wait.getAsLong();
    }
    assertThat(waits.getFirst()).isBetween(3_750L, 6_250L);
    assertThat(waits.subList(0, 7)).isSorted();
    assertThat(waits).hasSizeBetween(10, 20);
    assertThat(waits).allMatch(wait -> wait <= Duration.ofHours(15).toMillis());
    assertThat(age).isBetween(Duration.ofHours(57).toMillis(), Duration.ofDays(3).toMillis());
  }

  @Test
  void leavesAnEndpointAloneForAsLongAsItAsksWithinReason() {
    assertThat(PLAN.waitMillis(1, 0, 60_000, new Random(1))).hasValue(60_000);
    assertThat(PLAN.waitMillis(1, 0, Long.MAX_VALUE, new Random(1)))
        .hasValue(Duration.ofHours(12).toMillis());
    assertThat(PLAN.waitMillis(1, 0, -5, new Random(1)).getAsLong()).isLessThan(10_000);
  }

  @Test
  void isNotConfusedByEndlessFailures() {
    long wait = PLAN.waitMillis(Integer.MAX_VALUE, 0, 0, new Random(1)).getAsLong();
    assertThat(wait).isBetween(Duration.ofHours(9).toMillis(), Duration.ofHours(15).toMillis());
  }
}
