package dev.amphi.interactive.send;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RequestLimitTest {
  private static final long MILLI = 1_000_000;
  private static final long ROUND_TRIP = 50 * MILLI;

  private final RequestLimit limit = new RequestLimit();

  private boolean asks(long millis) {
    return limit.tryPass(ROUND_TRIP, millis * MILLI);
  }

  @Test
  void whoAsksBeforeTheKeyFrameCouldArriveMeansThatOne() {
    assertThat(asks(0)).isTrue();
    limit.onKeyFrame(30 * MILLI);
    assertThat(asks(100)).isFalse();
    assertThat(limit.nextDeadlineNanos()).isEqualTo(RequestLimit.NEVER);
  }

  @Test
  void whoAsksAfterTheKeyFrameWasLostIsHeardAtOnce() {
    assertThat(asks(0)).isTrue();
    limit.onKeyFrame(30 * MILLI);
    assertThat(asks(200)).isTrue();
  }

  @Test
  void oneWhoAsksOnceTooOftenIsServedLater() {
    assertThat(asks(0)).isTrue();
    assertThat(asks(600)).isTrue();
    assertThat(asks(1200)).isTrue();
    assertThat(asks(1800)).isFalse();
    assertThat(limit.nextDeadlineNanos()).isEqualTo(10_000 * MILLI);
    assertThat(limit.poll(9_999 * MILLI)).isFalse();
    assertThat(limit.poll(10_000 * MILLI)).isTrue();
    assertThat(limit.nextDeadlineNanos()).isEqualTo(RequestLimit.NEVER);
  }

  @Test
  void whoComesToAnotherNetworkMayAskOnceMore() {
    asks(0);
    asks(600);
    asks(1200);
    limit.moved();
    assertThat(asks(1800)).isTrue();
    assertThat(asks(2400)).as("once").isFalse();
    limit.moved();
    assertThat(limit.poll(2500 * MILLI)).as("and not for every move").isFalse();
    assertThat(limit.nextDeadlineNanos()).isEqualTo(6800 * MILLI);
    assertThat(limit.poll(6800 * MILLI)).isTrue();
  }

  @Test
  void aKeyFrameThatCameMeanwhileAnswersWhatWasPutOff() {
    asks(0);
    asks(600);
    asks(1200);
    assertThat(asks(1800)).isFalse();
    limit.onKeyFrame(5000 * MILLI);
    assertThat(limit.nextDeadlineNanos()).isEqualTo(RequestLimit.NEVER);
  }

  @Test
  void neverMoreThanThriceInAnyTenSecondsWhateverComes() {
    long[] passed = new long[1000];
    int count = 0;
    for (int millis = 0; millis < 100_000; millis += 7) {
      if (asks(millis) || limit.poll(millis * MILLI)) {
        passed[count++] = millis;
        limit.onKeyFrame((millis + 20) * MILLI);
      }
    }
    assertThat(count).isBetween(28, 31);
    for (int i = 3; i < count; i++) {
      assertThat(passed[i] - passed[i - 3]).isGreaterThanOrEqualTo(10_000);
    }
  }
}
