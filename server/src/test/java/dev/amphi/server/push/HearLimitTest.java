package dev.amphi.server.push;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HearLimitTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void bearsAQuarterOfAMebibyteASecondForEver() {
    HearLimit limit = new HearLimit(-5); // clocks begin anywhere
    for (int second = 0; second < 10_000; second++) {
      assertThat(limit.take(256 * 1024, second * SECOND)).isTrue();
    }
  }

  @Test
  void bearsTenSecondsOfItAtOnceAndNoMore() {
    HearLimit limit = new HearLimit(0);
    assertThat(limit.take(10 * 256 * 1024, 0)).isTrue();
    assertThat(limit.take(16 * 1024, 0)).isFalse();
    assertThat(limit.take(16 * 1024, SECOND)).as("a second later there is room").isTrue();
  }

  @Test
  void endsWhoTalksTwiceAsMuch() {
    HearLimit limit = new HearLimit(0);
    int seconds = 0;
    while (limit.take(512 * 1024, seconds * SECOND)) {
      seconds++;
    }
    assertThat(seconds).isEqualTo(9);
  }
}
