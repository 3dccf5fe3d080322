package dev.amphi.interactive.bandwidth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.bandwidth.ProbeResult.Verdict;
import org.junit.jupiter.api.Test;

class ProbeResultTest {
  private static final long MILLI = 1_000_000;
  private static final int BYTES = 1000;
  private static final long[] EVEN = {0, 5, 10, 15, 20, 25};

  private final ProbeResult result = new ProbeResult();

  /** A probe of six packets, 5 ms apart, that came at these moments. */
  private long shown(long... arrivedMillis) {
    result.expect(1, EVEN.length * BYTES);
    for (int i = 0; i < EVEN.length; i++) {
      result.onAcked(1, BYTES, EVEN[i] * MILLI, arrivedMillis[i] * MILLI);
    }
    return result.bitrateBps();
  }

  @Test
  void whatComesAsItLeftIsThrough() {
    assertThat(shown(30, 35, 40, 45, 50, 55)).isEqualTo(1_600_000);
    assertThat(result.verdict()).isEqualTo(Verdict.THROUGH);
  }

  @Test
  void whatComesSlowlyAllAlongSaysThatNoMoreFits() {
    assertThat(shown(30, 45, 60, 75, 90, 105)).isBetween(480_000L, 533_334L);
    assertThat(result.verdict()).isEqualTo(Verdict.SATURATED);
  }

  @Test
  void onePauseSaysNothing() {
    shown(30, 35, 80, 80, 80, 81);
    assertThat(result.verdict()).isEqualTo(Verdict.UNCLEAR);
  }

  @Test
  void fewMillisecondsSayNothing() {
    shown(30, 35, 40, 46, 53, 59);
    assertThat(result.verdict()).isEqualTo(Verdict.UNCLEAR);
  }
}
