package dev.amphi.server.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LoadTableTest {
  private static final LoadReport REPORT =
      new LoadReport(
          "http://127.0.0.1:8080",
          "demo",
          30.2,
          new LoadReport.Group(
              3, 2, new Distribution.Summary(2, 210.4, 320, 320), Double.NaN, 1_620),
          new LoadReport.Group(1, 1, new Distribution.Summary(1, 95, 95, 95), 0.125, 1_600),
          new LoadReport.Group(0, 0, Distribution.Summary.NOTHING, Double.NaN, Double.NaN),
          new LoadReport.Stalls(2, 0.3, 1),
          new Distribution.Summary(400, 38, 61, 140),
          Distribution.Summary.NOTHING,
          List.of("coded once"),
          List.of("publisher: refused"));

  @Test
  void showsWhatWasAskedForAndWhatWasMeasured() {
    assertThat(LoadTable.lines(REPORT))
        .containsExactly(
            "30 s with room 'demo' on http://127.0.0.1:8080",
            "",
            "                       asked    joined  join p50  join p95      loss    kbit/s",
            "publishers                 3         2    210 ms    320 ms         -      1620",
            "stage subscribers          1         1     95 ms     95 ms    0.13 %      1600",
            "",
            "glass to glass       samples    median       p95      most",
            "on stage                 400     38 ms     61 ms    140 ms",
            "",
            "note: coded once",
            "errors: 1",
            "  publisher: refused");
  }

  @Test
  void tellsHowManyOfTheViewersStalled() {
    LoadReport watched =
        new LoadReport(
            REPORT.url(),
            REPORT.room(),
            30,
            REPORT.publishers(),
            REPORT.subscribers(),
            new LoadReport.Group(10, 9, new Distribution.Summary(9, 300, 400, 400), Double.NaN, 9),
            new LoadReport.Stalls(2, 0.3, 1),
            REPORT.stageGlassToGlass(),
            REPORT.hlsGlassToGlass(),
            List.of(),
            List.of());

    assertThat(LoadTable.lines(watched)).contains("stalls: 2 (0.3 s), of 1 of 9 viewers");
  }

  @Test
  void leavesOutOfJsonWhatWasNotMeasured() {
    assertThat(LoadJson.text(REPORT))
        .contains("\"publishers\":{\"asked\":3,\"joined\":2,")
        .contains("\"stage_glass_to_glass_ms\":{\"count\":400,\"median\":38.0,")
        .contains("\"hls_glass_to_glass_ms\":{\"count\":0}")
        .doesNotContain("NaN");
  }
}
