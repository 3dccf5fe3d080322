package dev.amphi.interactive.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.bandwidth.Allotment;
import dev.amphi.interactive.pipeline.SeededNetwork.Conditions;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A bottleneck before which nothing waits for long: that it is one only the loss tells. */
class ShallowBufferTest {
  private static final long MILLI = Simulation.MILLI;

  /** 996 kbit/s with the sound and its headers; steps so fine that what is tried is sent. */
  private static final long[] FINE = {
    200_000, 350_000, 450_000, 550_000, 600_000, 650_000, 700_000, 750_000, 800_000, 850_000,
    900_000, 950_000
  };

  private static final long[] COARSE = {150_000, 450_000, 950_000};

  private static BottleneckStage wide(long seed, long... layers) {
    Conditions up = Conditions.of(25, 2, 0);
    BottleneckStage stage = new BottleneckStage(new Simulation(seed), link(5_000, 300), up, layers);
    stage.run(10_000 + seed * 37);
    assertThat(stage.layer()).isEqualTo(layers.length - 1);
    return stage;
  }

  private static Conditions link(long kbps, long queueMillis) {
    return new Conditions(25 * MILLI, 2 * MILLI, 0, 0, kbps * 1000, queueMillis * MILLI);
  }

  /** What does not fit is no longer sent after 8 s, and what fits is. */
  private static void found(String what, long seed, BottleneckStage stage, double atMost) {
    double before = stage.run(8000);
    StringBuilder trace = new StringBuilder();
    long from = stage.simulation.now();
    int came = stage.pictures.size();
    double lost = 0;
    double worst = 0;
    for (int i = 0; i < 12; i++) {
      double loss = stage.run(5000);
      trace.append(
          String.format(Locale.ROOT, " %.3f/%d/%d", loss, stage.layer(), stage.estimate() / 1000));
      lost += loss / 12;
      worst = Math.max(worst, loss);
    }
    System.out.printf(
        Locale.ROOT,
        "shallow %s, seed %d: %.3f in 8 s, then %.3f, worst 5 s %.3f, %d changes, %d of 1818"
            + " pictures:%s%n",
        what,
        seed,
        before,
        lost,
        worst,
        stage.changesSince(from),
        stage.pictures.size() - came,
        trace);
    assertThat(lost).isLessThan(atMost);
    assertThat(stage.layer()).isNotEqualTo(Allotment.PAUSED);
    assertThat((double) stage.estimate()).isGreaterThan(400_000);
  }

  @ParameterizedTest
  @CsvSource({"1,fine", "2,fine", "3,fine", "1,coarse", "2,coarse", "3,coarse"})
  void aQuarterTooMuchBeforeABufferOf20Millis(long seed, String steps) {
    BottleneckStage stage = wide(seed, steps.equals("fine") ? FINE : COARSE);
    stage.down(link(750, 20));
    found("0.75 " + steps, seed, stage, 0.05);
  }

  /** A probe comes through the burst that it lets pass now and then. */
  @ParameterizedTest
  @CsvSource({"1,fine", "2,fine", "3,fine", "1,coarse", "2,coarse", "3,coarse"})
  void moreThanAPolicerLetsThrough(long seed, String steps) {
    BottleneckStage stage = wide(seed, steps.equals("fine") ? FINE : COARSE);
    stage.path.there.policing(850_000, 10_000);
    found("policer 0.85 " + steps, seed, stage, 0.06);
  }
}
