package dev.amphi.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class AuditLimitTest {
  private static final long SECOND = 1_000_000_000L;

  /** How many of 1000 refusals a second are a line each. */
  private static long lines(AuditLimit limit, String bucket, long fromNanos, long seconds) {
    return LongStream.range(0, 1_000 * seconds)
        .filter(i -> !limit.exceeded(bucket, fromNanos + i * SECOND / 1_000))
        .count();
  }

  @Test
  void aBearerHasTenLinesAndOneMoreEachSecond() {
    AuditLimit limit = new AuditLimit();
    String eve = AuditLimit.bearer("maths", "eve");
    assertThat(lines(limit, eve, -5 * SECOND, 60)).isEqualTo(AuditLimit.BURST + 59);
    assertThat(lines(limit, eve, 3_600 * SECOND, 1)).isEqualTo(AuditLimit.BURST);
  }

  @Test
  void whoAsksTooMuchSilencesNobodyElse() {
    AuditLimit limit = new AuditLimit();
    lines(limit, AuditLimit.bearer("maths", "eve"), 0, 1);
    lines(limit, AuditLimit.STRANGERS, 0, 1);
    assertThat(limit.exceeded(AuditLimit.bearer("maths", "ben"), SECOND)).isFalse();
    assertThat(limit.exceeded(AuditLimit.bearer("art", "eve"), SECOND)).isFalse();
  }

  @Test
  void strangersHaveTenLinesASecondTogether() {
    assertThat(lines(new AuditLimit(), AuditLimit.STRANGERS, 0, 10))
        .isEqualTo(AuditLimit.BURST + 99);
  }
}
