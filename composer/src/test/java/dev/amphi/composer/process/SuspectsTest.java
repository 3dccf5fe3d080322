package dev.amphi.composer.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SuspectsTest {
  private static final long SECOND = 1_000_000_000L;

  private final Suspects suspects = new Suspects();

  @Test
  void quarantinesWithTheThirdCrashWithinAMinute() {
    assertThat(suspects.crashed("cam", "eve", 0)).isFalse();
    assertThat(suspects.crashed("cam", "eve", 20 * SECOND)).isFalse();
    assertThat(suspects.isQuarantined("cam")).isFalse();
    assertThat(suspects.crashed("cam", "eve", 59 * SECOND)).isTrue();
    assertThat(suspects.isQuarantined("cam")).isTrue();
    assertThat(suspects.mayPass("cam", 1_000 * SECOND)).isFalse();
    assertThat(suspects.mayPass("mic", 60 * SECOND)).isTrue();
  }

  @Test
  void forgivesThreeCrashesInMoreThanAMinuteButNotFiveInTen() {
    for (int i = 0; i < 4; i++) {
      assertThat(suspects.crashed("cam", "eve", i * 31L * SECOND)).isFalse();
    }
    assertThat(suspects.crashed("cam", "eve", 500 * SECOND)).isTrue();
  }

  @Test
  void blamesNobodyForWhatSomebodyElseDid() {
    suspects.crashed("cam", "eve", 0);
    suspects.crashed("cam", "eve", SECOND);
    assertThat(suspects.crashed("screen", "ada", 2 * SECOND)).isFalse();
    assertThat(suspects.isQuarantined("screen")).isFalse();
    assertThat(suspects.isQuarantined("cam")).isFalse();
  }

  @Test
  void countsByParticipantSoThatANewTrackIsNoNewBeginning() {
    suspects.crashed("cam1", "eve", 0);
    suspects.left("cam1");
    suspects.crashed("cam2", "eve", SECOND);
    suspects.left("cam2");
    assertThat(suspects.crashed("cam3", "eve", 2 * SECOND)).isTrue();
  }

  @Test
  void letsANewTrackInButNotForEver() {
    int restarts = 0;
    int track = 0;
    long now = 0;
    while (!suspects.arrived("cam" + track, "eve")) {
      now += SECOND;
      restarts++;
      if (suspects.crashed("cam" + track, "eve", now)) {
        suspects.left("cam" + track);
        track++;
      }
    }
    assertThat(restarts).isEqualTo(5);
    assertThat(suspects.mayPass("cam" + track, now)).isFalse();
    assertThat(suspects.arrived("cam", "ada")).isFalse();
  }

  @Test
  void keepsASuspectBackForAMomentAfterEachRestart() {
    suspects.crashed("cam", "eve", 0);
    assertThat(suspects.mayPass("cam", SECOND - 1)).isFalse();
    assertThat(suspects.mayPass("mic", 0)).isTrue();
    assertThat(suspects.mayPass("cam", SECOND)).isTrue();
    suspects.crashed("cam", "eve", 3 * SECOND);
    assertThat(suspects.mayPass("cam", 4 * SECOND)).isFalse();
    assertThat(suspects.mayPass("cam", 5 * SECOND)).isTrue();
  }
}
