package dev.amphi.interactive.send;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShiftRingTest {
  private final ShiftRing ring = new ShiftRing(8);

  @Test
  void whatIsLeftOutLeavesNoHole() {
    ring.start(100);
    assertThat(ring.take(100)).isEqualTo(100);
    assertThat(ring.leaveOut(101)).isEqualTo(ShiftRing.LEFT_OUT);
    assertThat(ring.leaveOut(102)).isEqualTo(ShiftRing.LEFT_OUT);
    assertThat(ring.take(103)).isEqualTo(101);
    assertThat(ring.take(100)).as("again").isEqualTo(100);
    assertThat(ring.take(101)).as("changed its mind").isEqualTo(ShiftRing.LEFT_OUT);
  }

  @Test
  void whatIsLateKeepsItsPlace() {
    ring.start(100);
    ring.leaveOut(100);
    assertThat(ring.take(103)).as("101 and 102 may come").isEqualTo(102);
    assertThat(ring.take(101)).isEqualTo(100);
    assertThat(ring.leaveOut(102)).as("has to be filled").isEqualTo(101);
    assertThat(ring.leaveOut(102)).as("once").isEqualTo(ShiftRing.LEFT_OUT);
    assertThat(ring.take(104)).isEqualTo(103);
  }

  @Test
  void aLateNumberIsLeftOutEvenWhenItIsTheFirstOfAll() {
    ring.start(100);
    ring.take(100);
    ring.take(102);
    assertThat(ring.leaveOut(101)).as("its place is kept").isEqualTo(101);
    assertThat(ring.take(103)).isEqualTo(103);
  }

  @Test
  void whatIsTooOldIsForgotten() {
    ring.start(100);
    ring.leaveOut(100);
    ring.take(130);
    assertThat(ring.take(122)).isEqualTo(ShiftRing.LEFT_OUT);
    assertThat(ring.take(123)).isEqualTo(122);
    assertThat(ring.leaveOut(100)).isEqualTo(ShiftRing.LEFT_OUT);
  }

  @Test
  void aNewStartForgetsTheOldNumbers() {
    ring.start(100);
    ring.leaveOut(100);
    ring.take(101);
    ring.start(5000);
    assertThat(ring.take(5000)).isEqualTo(5000);
    assertThat(ring.take(4999)).isEqualTo(ShiftRing.LEFT_OUT);
  }
}
