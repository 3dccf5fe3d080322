package dev.amphi.packager.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class PushLineTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final long SECOND = 1_000_000_000L;

  private final PushLine line = new PushLine();

  @Test
  void aStartThatComesLaterLeavesAPauseOfThatLength() {
    line.format(START, 0);
    assertThat(line.nanos(90_000, 90_000, 90_000)).isEqualTo(SECOND);
    line.format(START.plusSeconds(5), 1);
    line.format(START.plusSeconds(5), 1);
    assertThat(line.nanos(0, 3_000, 90_000)).isEqualTo(5 * SECOND);
    assertThat(line.nanos(48_000, 1_024, 48_000)).isEqualTo(6 * SECOND);
  }

  @Test
  void aClockThatWasPutBackOrFarAheadDoesNotMoveTheLine() {
    line.format(START, 0);
    assertThat(line.nanos(0, 90_000, 90_000)).isZero();
    line.format(START.minusSeconds(3_600), 1);
    assertThat(line.nanos(0, 90_000, 90_000)).as("behind what there was").isEqualTo(SECOND);
    line.format(START.plusSeconds(7_200), 2);
    assertThat(line.nanos(0, 90_000, 90_000)).isEqualTo(2 * SECOND);
  }
}
