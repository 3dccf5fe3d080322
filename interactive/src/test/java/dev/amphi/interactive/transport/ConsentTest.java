package dev.amphi.interactive.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConsentTest {
  private static final long SECOND = 1_000_000_000L;
  // The monotonic clock may start anywhere, also just before it wraps.
  private static final long START = Long.MAX_VALUE - SECOND;

  private final Consent consent = new Consent();

  private static long at(long seconds) {
    return START + seconds * SECOND;
  }

  @Test
  void whoDoesNotComeIsAwaitedForThirtySeconds() {
    consent.awaited(START);

    assertThat(consent.over(false, at(30))).isNull();
    assertThat(consent.over(false, at(30) + 1)).contains("within 30 s");
    assertThat(consent.over(true, at(300))).as("came, and no consent is known yet").isNull();
  }

  @Test
  void whoFallsSilentIsGivenUpAfterTwentySeconds() {
    consent.awaited(START);
    consent.given(at(5));

    assertThat(consent.over(true, at(25))).isNull();
    assertThat(consent.over(true, at(25) + 1)).contains("not answered for 20 s");
    consent.given(at(25));
    assertThat(consent.over(true, at(45))).isNull();
  }

  @Test
  void mediaRenewsItOnceASecond() {
    consent.given(at(5));

    assertThat(consent.isOld(at(6))).isFalse();
    assertThat(consent.isOld(at(6) + 1)).isTrue();
  }
}
