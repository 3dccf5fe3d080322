package dev.amphi.interactive.bandwidth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class StandingQueueTest {
  private static final long MILLI = 1_000_000;
  private static final long CLOCKS_APART = 5_000_000_000L;

  private final StandingQueue queue = new StandingQueue();

  /** A packet each 10 ms, each of which takes so long. */
  private void packets(long fromMillis, long toMillis, LongUnaryOperator delayMillis) {
    for (long sent = fromMillis; sent < toMillis; sent += 10) {
      long arrived = sent + delayMillis.applyAsLong(sent);
      queue.onPacket(sent * MILLI, arrived * MILLI + CLOCKS_APART);
    }
  }

  @Test
  void whatWasHeldUpAndComesAllAtOnceIsNoQueue() {
    packets(0, 500, sent -> 20);
    packets(500, 640, sent -> Math.max(20, 655 - sent));
    assertThat(queue.nanos()).isLessThanOrEqualTo(5 * MILLI);
    assertThat(queue.stands()).isFalse();
  }

  @Test
  void whatIsLaterAndLaterIsOne() {
    packets(0, 500, sent -> 20);
    packets(500, 800, sent -> 20 + (sent - 500) / 10);
    assertThat(queue.nanos()).isBetween(19 * MILLI, 30 * MILLI);
    assertThat(queue.stands()).isTrue();
  }

  @Test
  void andGoesOnToBeOneWhenItGrowsNoMore() {
    packets(0, 500, sent -> 20);
    packets(500, 800, sent -> 20 + (sent - 500) / 5);
    packets(800, 1500, sent -> 80);
    assertThat(queue.nanos()).isEqualTo(60 * MILLI);
  }

  @Test
  void aWayThatBecomesLongerFromOneMomentToTheNextIsNone() {
    packets(0, 500, sent -> 20 + sent % 3);
    for (long until = 510; until < 25_000; until += 10) {
      packets(until - 10, until, sent -> 120 + sent % 3);
      assertThat(queue.nanos()).as("at %d ms", until).isLessThan(5 * MILLI);
    }
  }

  /** As a browser on a busy machine has it: a leap that nobody saw, and some packets late. */
  @Test
  void aLongerWayOnWhichSomePacketsAreLateIsNoneBeforeTwoSecondsAreOver() {
    packets(0, 500, sent -> 20);
    packets(500, 600, sent -> 20 + (sent - 500) / 2);
    packets(600, 2_400, sent -> sent % 300 < 60 ? 95 : 70 + sent % 4);
    assertThat(queue.nanos()).isLessThan(5 * MILLI);
  }

  @Test
  void oneLateMomentMakesNoQueueOfALongerWay() {
    packets(0, 500, sent -> 20);
    packets(500, 700, sent -> 70);
    packets(700, 750, sent -> 95);
    packets(750, 850, sent -> 70);
    assertThat(queue.nanos()).isZero();
  }

  @Test
  void norOneAtTheMomentOfTheLeap() {
    packets(0, 500, sent -> 20);
    packets(500, 560, sent -> 95);
    packets(560, 700, sent -> 70);
    assertThat(queue.nanos()).isZero();
  }

  @Test
  void aLeapAfterWhichItGoesOnGrowingIsOne() {
    packets(0, 500, sent -> 20);
    packets(500, 700, sent -> 100 + (sent - 500) / 2);
    assertThat(queue.stands()).isTrue();
  }

  @Test
  void aLeapAfterWhichMuchIsLostIsOne() {
    packets(0, 500, sent -> 20);
    for (long from = 500; from < 1000; from += 40) {
      packets(from, from + 30, sent -> 320);
      queue.onLost();
    }
    assertThat(queue.nanos()).isEqualTo(300 * MILLI);
    packets(1000, 9000, sent -> 320);
    assertThat(queue.stands()).as("nothing is lost any more").isFalse();
  }

  @Test
  void aQueueThatDrainsAfterALeapIsMeasuredByTheEmptyWay() {
    packets(0, 500, sent -> 20);
    packets(500, 1100, sent -> 320 - (sent - 500) / 4);
    assertThat(queue.nanos()).isBetween(150 * MILLI, 180 * MILLI);
    packets(1100, 2000, sent -> 20);
    assertThat(queue.nanos()).isZero();
  }

  @Test
  void aWayThatBecomesShorterIsTheNewMeasureAtOnce() {
    packets(0, 3000, sent -> 120);
    packets(3000, 3200, sent -> 20);
    packets(3200, 3500, sent -> 20 + (sent - 3200) / 5);
    assertThat(queue.stands()).isTrue();
  }
}
