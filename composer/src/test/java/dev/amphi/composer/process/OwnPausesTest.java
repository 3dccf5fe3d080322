package dev.amphi.composer.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OwnPausesTest {
  private static final long MS = 1_000_000;

  private final OwnPauses pauses = new OwnPauses(250 * MS, 500 * MS);

  @Test
  void theFirstLookTellsNothing() {
    assertThat(pauses.look(9_000_000 * MS)).isZero();
  }

  @Test
  void aLateLookIsNoPause() {
    pauses.look(0);
    assertThat(pauses.look(250 * MS)).isZero();
    assertThat(pauses.look(900 * MS)).isZero();
  }

  @Test
  void tellsWhatIsMissingBetweenTwoLooks() {
    pauses.look(0);
    assertThat(pauses.look(5_250 * MS)).isEqualTo(5_000 * MS);
    assertThat(pauses.look(5_500 * MS)).isZero();
  }
}
