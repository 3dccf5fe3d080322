package dev.amphi.interactive.room;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpeakerDetectorTest {
  private static final long MILLI = 1_000_000L;
  private static final int LOUD = 10;
  private static final int SILENT = 127;

  private final SpeakerDetector detector = new SpeakerDetector();
  private final SpeakerDetector.Voice ada = detector.add("ada");
  private final SpeakerDetector.Voice ben = detector.add("ben");
  private long nowNanos;

  private void talk(int adaLevel, int benLevel, int millis) {
    for (int i = 0; i < millis; i += 20) {
      nowNanos += 20 * MILLI;
      ada.onLevel(adaLevel, nowNanos);
      ben.onLevel(benLevel, nowNanos);
      detector.poll(nowNanos);
    }
  }

  @Test
  void whoeverSpeaksFirstHasTheFloorSoon() {
    talk(LOUD, SILENT, 1000);
    assertThat(detector.speaker()).isEqualTo("ada");
  }

  @Test
  void aCoughChangesNothing() {
    talk(LOUD, SILENT, 1000);
    talk(SILENT, LOUD, 200);
    talk(LOUD, SILENT, 3000);
    assertThat(detector.speaker()).isEqualTo("ada");
  }

  @Test
  void theFloorChangesTwoSecondsAfterTheLastWord() {
    talk(LOUD, SILENT, 1000);
    talk(SILENT, LOUD, 1500);
    assertThat(detector.speaker()).isEqualTo("ada");
    talk(SILENT, LOUD, 2000);
    assertThat(detector.speaker()).isEqualTo("ben");
  }

  @Test
  void silenceLeavesNobody() {
    talk(LOUD, SILENT, 1000);
    talk(SILENT, SILENT, 6000);
    assertThat(detector.speaker()).isEmpty();
  }

  @Test
  void whoeverLeavesLosesTheFloorAtOnce() {
    talk(LOUD, SILENT, 1000);
    detector.remove(ada);
    assertThat(detector.poll(nowNanos)).isTrue();
    assertThat(detector.speaker()).isEmpty();
  }
}
