package dev.amphi.interactive.bandwidth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StandingQueueTest {
  private static final long MILLI = 1_000_000;
  private static final long CLOCKS_APART = 5_000_000_000L;

  private final StandingQueue queue = new StandingQueue();

  private void packets(long fromMillis, long toMillis, long stalledUntilMillis) {
    for (long sent = fromMillis; sent < toMillis; sent += 10) {
      long arrived = Math.max(sent + 20, stalledUntilMillis);
      queue.onPacket(sent * MILLI, arrived * MILLI + CLOCKS_APART);
    }
  }

  @Test
  void whatWasHeldUpAndComesAllAtOnceIsNoQueue() {
    packets(0, 500, 0);
    packets(500, 640, 655);
    assertThat(queue.nanos()).isLessThanOrEqualTo(5 * MILLI);
    assertThat(queue.stands()).isFalse();
  }

  @Test
  void whatStaysLateIsOne() {
    packets(0, 500, 0);
    for (long sent = 500; sent < 700; sent += 10) {
      queue.onPacket(sent * MILLI, (sent + 50) * MILLI + CLOCKS_APART);
    }
    assertThat(queue.nanos()).isEqualTo(30 * MILLI);
    assertThat(queue.stands()).isTrue();
  }

  @Test
  void aLongerWayIsTheNewMeasureAfterAWhile() {
    packets(0, 500, 0);
    for (long sent = 500; sent < 25_000; sent += 10) {
      queue.onPacket(sent * MILLI, (sent + 80) * MILLI + CLOCKS_APART);
    }
    assertThat(queue.stands()).isFalse();
  }
}
