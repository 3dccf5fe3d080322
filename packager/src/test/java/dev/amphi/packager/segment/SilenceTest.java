package dev.amphi.packager.segment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SilenceTest {
  private static final long MILLIS = 1_000_000L;
  private static final long SEGMENT = 1600 * MILLIS;

  private final Silence silence = new Silence();
  private long now;

  @Test
  void aProgramThatIsKnownToBeAwayIsMissedAfterASegmentAndItsWay() {
    assertThat(look(1900, true)).isZero();
    assertThat(look(100, true)).isEqualTo(SEGMENT);
    assertThat(look(1500, true)).isZero();
    assertThat(look(100, true)).isEqualTo(SEGMENT);
  }

  @Test
  void oneThatHangsIsMissedOnlyAfterItsWatchdog() {
    assertThat(look(3300, false)).isZero();
    assertThat(look(100, false)).isEqualTo(SEGMENT);
    silence.broken();
    assertThat(look(3300, false)).isZero();
  }

  @Test
  void timeInWhichNobodyLookedDoesNotCount() {
    look(100, false);
    now += 60_000 * MILLIS;
    assertThat(silence.look(now, true)).isZero();
  }

  /** Looks each tenth of a second; what the last look says. */
  private long look(int millis, boolean away) {
    long told = 0;
    if (now == 0) {
      silence.look(0, away);
    }
    for (int i = 0; i < millis; i += 100) {
      now += 100 * MILLIS;
      told = silence.look(now, away);
    }
    return told;
  }
}
