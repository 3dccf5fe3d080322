package dev.amphi.server.load.sfu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.server.load.Spread;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class SfuReportTest {
  private static final SfuPlan.Load LOAD = new SfuPlan.Load(false, 100);

  private static SfuSample sample(SfuPlan.Peer peer, double cpuSeconds, long lost) {
    boolean amphi = peer == SfuPlan.Peer.AMPHI;
    return new SfuSample(
        peer,
        LOAD,
        10,
        200_000,
        200_000 - lost,
        lost,
        cpuSeconds,
        2.5,
        400,
        1_900,
        5_000,
        amphi ? 250 : 60,
        amphi ? OptionalDouble.of(0.5) : OptionalDouble.empty(),
        0,
        100);
  }

  private static final SfuReport REPORT =
      new SfuReport(
          List.of("Janus 1.1.2", "Amphi"),
          List.of("2 cores"),
          List.of(
              sample(SfuPlan.Peer.JANUS, 4, 0),
              sample(SfuPlan.Peer.AMPHI, 1, 0),
              sample(SfuPlan.Peer.JANUS, 5, 2_000),
              sample(SfuPlan.Peer.AMPHI, 2, 0),
              sample(SfuPlan.Peer.JANUS, 5, 0),
              sample(SfuPlan.Peer.AMPHI, 1, 0)),
          List.of("a note"));

  @Test
  void comparesRoundByRound() {
    Spread ratio = REPORT.ratio(LOAD);

    assertThat(ratio.median()).isEqualTo(4);
    assertThat(ratio.least()).isBetween(2.5, 2.6);
    assertThat(ratio.most()).isEqualTo(5);
    assertThat(REPORT.ratio(new SfuPlan.Load(true, 100)).median()).isNaN();
  }

  @Test
  void takesTheMiddleOfWhatWasMeasured() {
    assertThat(Spread.of(3, Double.NaN, 1, 2)).isEqualTo(new Spread(2, 1, 3));
    assertThat(Spread.of(1, 2).median()).isEqualTo(1.5);
    assertThat(Spread.of().median()).isNaN();
  }

  @Test
  void showsALineForEachServerAndTheirRatio() {
    assertThat(SfuTable.lines(REPORT))
        .containsExactly(
            "Janus 1.1.2",
            "Amphi",
            "2 cores",
            "",
            "load      server    thousand packets/CPU-s    core   arrived      lost     delay p50/p99"
                + "  resident   heap each",
            "1 → 100   Janus           40.0 (39.6–50.0)    50 %   100.0 %    0.00 %       0.40/1.9 ms"
                + "    60 MiB           -",
            "1 → 100   Amphi        200.0 (100.0–200.0)    10 %   100.0 %    0.00 %       0.40/1.9 ms"
                + "   250 MiB    0.50 MiB",
            "          ratio              4.0 (2.5–5.0)",
            "",
            "note: a note");
  }

  @Test
  void givesEveryMeasurementAsJson() {
    assertThat(SfuJson.text(REPORT))
        .contains("{\"server\":\"janus\",\"load\":\"1_to_n\",\"n\":100,")
        .contains("\"lost\":2000,")
        .contains("\"heap_mib_per_participant\":0.5")
        .contains("\"ratios\":[{\"load\":\"1_to_n\",\"n\":100,\"median\":4.0,")
        .doesNotContain("NaN");
  }
}
