package dev.amphi.server.web;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amphi.interactive.api.Refusal;
import org.junit.jupiter.api.Test;

class BadTokensTest {
  @Test
  void whoTriesOnAndOnWaitsAndNobodyElseDoes() throws Refusal {
    BadTokens bad = new BadTokens();
    for (int i = 0; i < BadTokens.MOST; i++) {
      bad.check("198.51.100.1", i);
      bad.count("198.51.100.1", i);
    }
    assertThatThrownBy(() -> bad.check("198.51.100.1", 1_000)).hasMessageContaining("wait");
    bad.check("198.51.100.2", 1_000);
    bad.check("198.51.100.1", 10_000_001_000L);
  }
}
