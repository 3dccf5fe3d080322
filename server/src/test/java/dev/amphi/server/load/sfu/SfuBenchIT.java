package dev.amphi.server.load.sfu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.server.load.LoadProgress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole bench at its smallest, with a node of its own on loopback. */
@Tag("long")
class SfuBenchIT {
  @Test
  @Timeout(180)
  void forwardsToTwoAndAmongThree() throws Exception {
    SfuPlan plan =
        new SfuPlan(List.of(2), List.of(3), 1, 1, 1, Set.of(SfuPlan.Peer.AMPHI), false, 0);
    LoadProgress silent = new LoadProgress(new PrintWriter(new StringWriter()), false);

    SfuReport report = new SfuBench(plan, silent).run();

    assertThat(report.samples()).hasSize(2);
    assertThat(report.samples())
        .allSatisfy(
            sample -> {
              assertThat(sample.joined()).isEqualTo(sample.load().subscribers());
              assertThat(sample.packets()).isPositive();
              assertThat(sample.delayP50Micros()).as("a stamp was found").isPositive();
            });
  }
}
