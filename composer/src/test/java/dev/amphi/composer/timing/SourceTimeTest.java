package dev.amphi.composer.timing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SourceTimeTest {
  private static final long MS = 1_000_000;
  private static final long FRAME = 1_000_000_000L / 30;

  private final SourceTime time = new SourceTime();

  @Test
  void aFrameShowsItsOwnInstantAsLongAsTheMachineKeepsUp() {
    for (int frame = 0; frame < 300; frame++) {
      long due = frame * FRAME;
      long late = frame % 50 * 10L * MS; // up to half a second
      assertThat(time.of(due, due + late)).isEqualTo(due);
    }
  }

  @Test
  void aProgramThatFallsEverFurtherBehindShowsWhatIsThereNow() {
    int jumps = 0;
    long before = 0;
    for (int frame = 0; frame < 3_000; frame++) {
      long due = frame * FRAME;
      long now = frame * 2L * FRAME; // half as fast as it should be
      long shown = time.of(due, now);
      assertThat(now - shown).isBetween(0L, 600 * MS);
      assertThat(shown).as("never back").isGreaterThan(before - 1);
      jumps += shown - before > 2 * FRAME ? 1 : 0;
      before = shown;
    }
    assertThat(jumps).as("one in 24 frames").isBetween(100, 300);
  }

  @Test
  void aProgramThatHasCaughtUpShowsItsOwnInstantsAgain() {
    assertThat(time.of(0, 5_000 * MS)).isEqualTo(4_800 * MS);
    long now = 5_000 * MS;
    long shown = 0;
    for (long due = FRAME; due < 7_000 * MS; due += FRAME) {
      now = Math.max(due, now + FRAME / 4); // four times as fast as it should be
      shown = time.of(due, now);
      assertThat(shown).as("never what is not there yet").isLessThanOrEqualTo(now);
      assertThat(now - shown).isLessThanOrEqualTo(600 * MS);
      if (now == due) {
        assertThat(shown).isEqualTo(due);
      }
    }
    assertThat(shown).isGreaterThan(6_900 * MS);
  }
}
