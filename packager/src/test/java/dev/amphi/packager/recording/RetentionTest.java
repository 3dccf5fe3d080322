package dev.amphi.packager.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class RetentionTest {
  private static final Instant ENDED = Instant.parse("2026-11-21T10:00:00Z");
  private static final long HOUR = TimeUnit.HOURS.toNanos(1);

  @Test
  void aRecordingIsDueWhenItsDaysAreOverForAnHour() {
    Retention retention = new Retention(Duration.ofDays(30));
    Instant over = ENDED.plus(Duration.ofDays(30));
    assertThat(retention.expiresAt(ENDED)).contains(over);
    assertThat(retention.isDue("r", ENDED, over.minusSeconds(1), 0)).isFalse();
    assertThat(retention.isDue("r", ENDED, over, 1)).isFalse();
    assertThat(retention.isDue("r", ENDED, over.plusSeconds(3_599), HOUR)).isFalse();
    assertThat(retention.isDue("r", ENDED, over.plusSeconds(3_600), HOUR + 1)).isTrue();
  }

  @Test
  void aClockThatJumpedAheadAndBackErasesNothing() {
    Retention retention = new Retention(Duration.ofDays(30));
    Instant wrong = ENDED.plus(Duration.ofDays(10_000));
    assertThat(retention.isDue("r", ENDED, wrong, 0)).isFalse();
    assertThat(retention.isDue("r", ENDED, ENDED.plusSeconds(600), HOUR / 2)).isFalse();
    assertThat(retention.isDue("r", ENDED, wrong, HOUR)).isFalse();
    assertThat(retention.isDue("r", ENDED, wrong, 2 * HOUR - 1)).isFalse();
  }

  @Test
  void withoutDaysNothingIsEverDue() {
    Retention retention = new Retention(Duration.ZERO);
    assertThat(retention.expiresAt(ENDED)).isEmpty();
    assertThat(retention.isDue("r", ENDED, Instant.MAX, 0)).isFalse();
    assertThat(retention.isDue("r", ENDED, Instant.MAX, Long.MAX_VALUE)).isFalse();
  }
}
