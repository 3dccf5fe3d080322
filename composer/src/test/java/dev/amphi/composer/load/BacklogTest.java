package dev.amphi.composer.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.composer.api.Shed;
import org.junit.jupiter.api.Test;

class BacklogTest {
  private static final long SECOND = 1_000_000_000L;

  private final Backlog backlog = new Backlog();
  private long nowNanos;

  /** After how many seconds it gives up, or -1 when it does not. */
  private long givesUpWithin(int seconds, long lateSeconds, Shed shed) {
    for (int i = 1; i <= 4 * seconds; i++) {
      nowNanos += SECOND / 4;
      if (backlog.hopeless(nowNanos, lateSeconds * SECOND, shed)) {
        return i / 4;
      }
    }
    return -1;
  }

  @Test
  void leavesAloneWhoIsALittleLateOrHasSomethingToGiveUp() {
    assertThat(givesUpWithin(600, 4, Shed.STUDENT_VIDEO)).isEqualTo(-1);
    assertThat(givesUpWithin(600, 60, Shed.RESOLUTION)).isEqualTo(-1);
  }

  @Test
  void givesUpWhoIsFarBehindForThreeSecondsAndThenLessAndLessOften() {
    assertThat(givesUpWithin(10, 6, Shed.STUDENT_VIDEO)).isEqualTo(3);
    assertThat(givesUpWithin(100, 6, Shed.STUDENT_VIDEO)).isEqualTo(60);
    assertThat(givesUpWithin(200, 6, Shed.STUDENT_VIDEO)).isEqualTo(120);
    for (int i = 0; i < 5; i++) {
      givesUpWithin(2_000, 6, Shed.STUDENT_VIDEO);
    }
    assertThat(givesUpWithin(2_000, 6, Shed.STUDENT_VIDEO)).isEqualTo(960);
  }

  @Test
  void countsAnewWhenTheProgramHasCaughtUpBetween() {
    assertThat(givesUpWithin(2, 6, Shed.STUDENT_VIDEO)).isEqualTo(-1);
    assertThat(givesUpWithin(1, 1, Shed.STUDENT_VIDEO)).isEqualTo(-1);
    assertThat(givesUpWithin(2, 6, Shed.STUDENT_VIDEO)).isEqualTo(-1);
  }
}
