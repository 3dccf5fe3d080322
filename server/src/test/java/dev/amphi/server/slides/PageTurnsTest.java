package dev.amphi.server.slides;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PageTurnsTest {
  private final PageTurns turns = new PageTurns();

  @Test
  void onlyTheLastTurnThatBeganIsNotStale() {
    long first = turns.begin();
    assertThat(turns.isStale(first)).isFalse();
    long second = turns.begin();
    assertThat(turns.isStale(first)).isTrue();
    assertThat(turns.isStale(second)).isFalse();
  }

  @Test
  void whatWaitsForItsTurnGivesWayToWhoeverTurnedMeanwhile() {
    long seen = turns.last();
    turns.begin();
    assertThat(turns.beginAfter(seen)).isFalse();

    long now = turns.last();
    assertThat(turns.beginAfter(now)).isTrue();
    assertThat(turns.isStale(now + 1)).isFalse();
    assertThat(turns.beginAfter(now)).as("of two uploads the first").isFalse();
  }
}
