package dev.amphi.composer.timing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutputTickTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void makesExactlyThirtyFramesInEachSecondForADay() {
    OutputTick tick = new OutputTick(77, 30, 8);
    long second = 86_400;
    assertThat(tick.timeNanos(30 * second)).isEqualTo(77 + second * SECOND);
    assertThat(tick.timeNanos(30 * second + 1) - tick.timeNanos(30 * second))
        .isEqualTo(33_333_333L);
  }

  @Test
  void isDueOnceAndThenNotBeforeTheNextFrame() {
    OutputTick tick = new OutputTick(0, 30, 8);
    assertThat(tick.due(-1)).isZero();
    assertThat(tick.due(0)).isEqualTo(1);
    assertThat(tick.take()).isZero();
    assertThat(tick.due(33_333_332)).isZero();
    assertThat(tick.deadlineNanos()).isEqualTo(33_333_333L);
    assertThat(tick.due(33_333_333)).isEqualTo(1);
  }

  @Test
  void catchesUpAfterAStallInBoundedBurstsAndLosesNoFrame() {
    OutputTick tick = new OutputTick(0, 30, 8);
    long now = 2 * SECOND;
    int taken = 0;
    int bursts = 0;
    for (int due = tick.due(now); due > 0; due = tick.due(now)) {
      assertThat(due).isLessThanOrEqualTo(8);
      for (int i = 0; i < due; i++) {
        assertThat(tick.take()).isEqualTo(taken++);
      }
      bursts++;
    }
    assertThat(taken).isEqualTo(61);
    assertThat(bursts).isEqualTo(8);
  }
}
