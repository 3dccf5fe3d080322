package dev.amphi.interactive.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class DelayHistogramTest {
  private final DelayHistogram delays = new DelayHistogram();

  @Test
  void givesNearestRanks() {
    for (int i = 1; i <= 100; i++) {
      delays.add(i);
    }

    assertThat(delays.percentileMicros(50)).isEqualTo(50);
    assertThat(delays.percentileMicros(99)).isEqualTo(99);
    assertThat(delays.mostMicros()).isEqualTo(100);
    assertThat(delays.count()).isEqualTo(100);
  }

  @Test
  void isWithinOnePercentOverItsWholeRange() {
    for (long micros = 1; micros <= DelayHistogram.MOST_MICROS; micros = micros * 3 / 2 + 1) {
      delays.reset();
      delays.add(micros);

      assertThat(delays.percentileMicros(50))
          .isLessThanOrEqualTo(micros)
          .isCloseTo(micros, Percentage.withPercentage(1));
    }
  }

  @Test
  void boundsWhatIsOutside() {
    delays.add(-5);
    delays.add(Long.MAX_VALUE);

    assertThat(delays.percentileMicros(50)).isZero();
    assertThat(delays.mostMicros()).isEqualTo(DelayHistogram.MOST_MICROS);
  }

  @Test
  void addsUp() {
    DelayHistogram other = new DelayHistogram();
    delays.add(100);
    other.add(300);
    delays.add(other);

    assertThat(delays.count()).isEqualTo(2);
    assertThat(delays.percentileMicros(100)).isCloseTo(300, within(3L));
  }

  @Test
  void saysMinusOneOfNothing() {
    assertThat(delays.percentileMicros(50)).isEqualTo(-1);
  }
}
