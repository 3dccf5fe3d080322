package dev.amphi.composer.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DutyTest {
  private static final long MS = 1_000_000L;

  @Test
  void tellsTheShareOfTheLastHalfSecond() {
    Duty duty = new Duty();
    assertThat(duty.share(0)).isZero();
    duty.worked(200 * MS);
    assertThat(duty.share(400 * MS)).as("too early to tell").isZero();
    assertThat(duty.share(500 * MS)).isCloseTo(0.4, within(1e-9));
    duty.worked(900 * MS);
    assertThat(duty.share(1_000 * MS)).isEqualTo(1);
    assertThat(duty.share(1_500 * MS)).isZero();
  }
}
