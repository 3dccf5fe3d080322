package dev.amphi.composer.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OwnPausesTest {
  private static final long MS = 1_000_000;

  private final OwnPauses pauses = new OwnPauses(250 * MS, 500 * MS);

  @Test
  void whoHasNotRestedHasNotPaused() {
    assertThat(pauses.woke(9_000_000 * MS)).isZero();
  }

  @Test
  void aRestThatIsALittleLongIsNoPause() {
    pauses.rests(0);
    assertThat(pauses.woke(740 * MS)).isZero();
    pauses.rests(1_000 * MS);
    assertThat(pauses.woke(1_750 * MS)).isEqualTo(500 * MS);
  }

  @Test
  void tellsWhatIsMissingAfterARest() {
    pauses.rests(0);
    assertThat(pauses.woke(5_250 * MS)).isEqualTo(5_000 * MS);
    pauses.rests(5_250 * MS);
    assertThat(pauses.woke(5_500 * MS)).isZero();
  }

  /** Reading about many children, or starting one, on a busy machine. */
  @Test
  void workThatTakesItsTimeIsNoPause() {
    for (long at = 0; at < 60_000 * MS; at += 2_250 * MS) {
      pauses.rests(at);
      assertThat(pauses.woke(at + 250 * MS)).isZero(); // and now works for two seconds
    }
  }
}
