package dev.amphi.server.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MinuteReportTest {
  private static final Instant AT = Instant.parse("2026-11-21T08:00:00.25Z");

  private static final MinuteReport REPORT =
      new MinuteReport(
          AT,
          new MinuteReport.Present(2, 3),
          new MinuteReport.Present(4, 4),
          new MinuteReport.Present(0, 1),
          new Distribution.Summary(3, 212.4, 400, 400),
          2,
          0.125,
          new Distribution.Summary(90, 12, 30, 41),
          List.of("publisher: refused (2 times)"));

  private static final MinuteReport NOTHING =
      new MinuteReport(
          AT,
          new MinuteReport.Present(0, 1),
          new MinuteReport.Present(0, 0),
          new MinuteReport.Present(0, 0),
          Distribution.Summary.NOTHING,
          0,
          Double.NaN,
          Distribution.Summary.NOTHING,
          List.of());

  @Test
  void isOneLineForPeople() {
    assertThat(REPORT.line())
        .isEqualTo(
            "2026-11-21T08:00:00Z  in: 2/3 publishers, 4/4 subscribers, 0/1 viewers; 3 joined in"
                + " 212 ms, 2 failed; loss 0.13 %; glass to glass 12 ms, p95 30 ms; publisher:"
                + " refused (2 times)");
    assertThat(NOTHING.line())
        .isEqualTo(
            "2026-11-21T08:00:00Z  in: 0/1 publishers, 0/0 subscribers, 0/0 viewers; 0 joined, 0"
                + " failed");
  }

  @Test
  void isOneLineOfJson() {
    assertThat(REPORT.json())
        .startsWith("{\"at\":\"2026-11-21T08:00:00.250Z\",\"publishers\":{\"in\":2,\"of\":3},")
        .contains("\"joins\":3,\"failures\":2,\"join_ms_median\":212.4,\"loss_percent\":0.13,")
        .endsWith("\"errors\":[\"publisher: refused (2 times)\"]}")
        .doesNotContain("\n");
    assertThat(NOTHING.json()).doesNotContain("NaN");
  }
}
