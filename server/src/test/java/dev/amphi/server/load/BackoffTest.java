package dev.amphi.server.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final Backoff backoff = new Backoff(new Random(7));

  @Test
  void doublesUpToAMinuteAndNeverWaitsLessThanHalf() {
    for (long most : new long[] {1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000}) {
      assertThat(backoff.nextMillis()).isBetween(most / 2, most);
    }
  }

  @Test
  void startsOverWhenItWorked() {
    backoff.nextMillis();
    backoff.nextMillis();
    backoff.reset();

    assertThat(backoff.nextMillis()).isLessThanOrEqualTo(Backoff.FIRST_MILLIS);
  }
}
