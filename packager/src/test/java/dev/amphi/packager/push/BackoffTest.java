package dev.amphi.packager.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final long NANOS = 1_000_000_000L;

  @Test
  void doublesUpToHalfAMinuteAndBeginsAnewAfterAGoodConnection() {
    Backoff backoff = new Backoff(Destination.Scheme.RTMP);
    assertThat(IntStream.range(0, 7).mapToLong(i -> backoff.failedMillis(0, 1)))
        .containsExactly(1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 30_000L, 30_000L);
    assertThat(backoff.failedMillis(5 * NANOS, 0)).as("a short one is none").isEqualTo(15_000);
    assertThat(backoff.failedMillis(60 * NANOS, 0)).isEqualTo(500);
    assertThat(backoff.failedMillis(0, 0.5)).isEqualTo(1_500);
  }

  @Test
  void whatCostsAProcessIsTriedLessAndLessOften() {
    Backoff backoff = new Backoff(Destination.Scheme.SRT);
    assertThat(IntStream.range(0, 9).mapToLong(i -> backoff.failedMillis(0, 1)))
        .containsExactly(
            1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 32_000L, 64_000L, 120_000L, 120_000L);
  }
}
