package dev.amphi.interactive.bandwidth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DrainRateTest {
  private static final long MILLI = 1_000_000;
  private static final int PACKET = 1200;

  private final DrainRate drain = new DrainRate();

  /** A burst through a way that takes so long for each packet; the time when it is over. */
  private long burst(int packets, long eachNanos, long fromNanos) {
    for (int i = 1; i <= packets; i++) {
      drain.onPacket(PACKET, i * eachNanos, fromNanos + i * eachNanos);
    }
    return fromNanos + packets * eachNanos;
  }

  @Test
  void aBurstShowsWhatTheWayCarriesHoweverLittleComesOnTheWhole() {
    long over = burst(10, 32 * MILLI, 0); // 1,200 bytes in 32 ms
    assertThat(drain.bitrateBps()).isEqualTo(300_000);
    drain.onPacket(100, 0, over + 300 * MILLI); // alone, and nothing to wait for
    assertThat(drain.bitrateBps()).isEqualTo(300_000);
  }

  @Test
  void nothingIsKnownWithoutAQueueNorOfOneThatIsLongGone() {
    for (int i = 0; i < 50; i++) {
      drain.onPacket(PACKET, MILLI, 20L * i * MILLI);
    }
    assertThat(drain.bitrateBps()).isZero();
    long over = burst(10, 32 * MILLI, 1000 * MILLI);
    drain.onPacket(PACKET, 0, over + 2000 * MILLI);
    assertThat(drain.bitrateBps()).isZero();
  }

  @Test
  void aStalledProcessorShowsNothingNarrow() {
    for (int i = 0; i < 20; i++) { // all at once, after 40 ms
      drain.onPacket(PACKET, (40L - 2L * i) * MILLI, 40 * MILLI + i * 10_000L);
    }
    assertThat(drain.bitrateBps()).isZero();
  }
}
