package dev.amphi.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.cluster.room.Removal;
import org.junit.jupiter.api.Test;

class LatestRemovalsTest {
  private final LatestRemovals latest = new LatestRemovals();

  private static Removal removal(String participant, long untilSeconds) {
    return new Removal("maths", participant, untilSeconds, false);
  }

  @Test
  void whatHasRunOutIsForgotten() {
    latest.put(removal("ben", 100));
    latest.put(removal("eve", 200));
    latest.forget(99);
    assertThat(latest.all()).hasSize(2);
    latest.forget(100);
    assertThat(latest.all()).extracting(Removal::participantId).containsExactly("eve");
  }

  @Test
  void onlyALaterDecisionThatHoldsIsNews() {
    latest.put(removal("ben", 100));
    assertThat(latest.isNews(removal("ben", 100), 0)).as("the same").isFalse();
    assertThat(latest.isNews(removal("ben", 101), 0)).isTrue();
    assertThat(latest.isNews(removal("eve", 50), 49)).isTrue();
    assertThat(latest.isNews(removal("eve", 50), 50)).as("run out").isFalse();
    latest.put(removal("ben", 101));
    assertThat(latest.all()).containsExactly(removal("ben", 101));
  }
}
