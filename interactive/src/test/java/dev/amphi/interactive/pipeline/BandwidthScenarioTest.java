package dev.amphi.interactive.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.bandwidth.Allotment;
import dev.amphi.interactive.pipeline.SeededNetwork.Conditions;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole server end and a whole receiving end, a bottleneck between them, virtual time. */
class BandwidthScenarioTest {
  private static final long MILLI = Simulation.MILLI;
  private static final long QUEUE = 300 * MILLI;
  private static final Conditions UP = Conditions.of(25, 2, 0);

  /** Steps that leave no large gap: what fits is used. */
  private static final long[] FINE = {80_000, 120_000, 180_000, 220_000, 400_000, 800_000};

  private static final long[] COARSE = {100_000, 300_000, 1_000_000};

  private static Conditions link(long kbps, double loss) {
    return new Conditions(25 * MILLI, 2 * MILLI, loss, 0, kbps * 1000, QUEUE);
  }

  private static Conditions link(long kbps) {
    return link(kbps, 0);
  }

  private static BottleneckStage stage(long seed, Conditions down, long... layers) {
    return new BottleneckStage(new Simulation(seed), down, UP, layers);
  }

  private static void say(String scenario, long seed, String figures) {
    System.out.println("bandwidth scenario " + scenario + ", seed " + seed + ": " + figures);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aBottleneckOf300IsFoundWithin5SecondsAndHeld(long seed) {
    BottleneckStage stage = stage(seed, link(300), FINE);
    stage.run(5000);
    assertThat(stage.estimate()).isBetween(180_000L, 405_000L);
    assertThat(stage.layer()).isNotEqualTo(Allotment.PAUSED);
    long from = stage.simulation.now();
    double loss = stage.run(30_000);
    say(
        "300",
        seed,
        String.format(
            Locale.ROOT,
            "estimate %d, layer %d, loss %.4f, changes %d, gap %d",
            stage.estimate(),
            stage.layer(),
            loss,
            stage.changesSince(from),
            BottleneckStage.longestGapMillis(stage.pictures, from, stage.simulation.now())));
    assertThat(loss).isLessThan(0.02);
    assertThat(stage.layer()).as("the best that fits: 220 and sound").isGreaterThanOrEqualTo(2);
    assertThat(stage.estimate()).isBetween(180_000L, 405_000L);
    assertThat(stage.changesSince(from)).isLessThan(8);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void at60OnlySoundIsLeftAndThePictureComesBackWithTheWidth(long seed) {
    BottleneckStage stage = stage(seed, link(60), COARSE);
    stage.run(5000);
    assertThat(stage.layer()).isEqualTo(Allotment.PAUSED);
    long from = stage.simulation.now();
    double loss = stage.run(30_000);
    assertThat(stage.layer()).isEqualTo(Allotment.PAUSED);
    assertThat(stage.changesSince(from)).isZero();
    assertThat(loss).isLessThan(0.02);
    long gap = BottleneckStage.longestGapMillis(stage.sounds, from, stage.simulation.now());
    stage.down(link(2000));
    long widened = stage.simulation.now();
    long top = -1;
    for (int i = 0; i < 400 && top < 0; i++) {
      stage.run(100);
      top = stage.layer() == 2 ? stage.simulation.now() - widened : -1;
    }
    long changes = stage.changesSince(widened);
    stage.run(30_000);
    say(
        "60",
        seed,
        String.format(
            Locale.ROOT,
            "loss %.4f, gap %d, top after %d ms, changes %d, later %d",
            loss,
            gap,
            top / MILLI,
            changes,
            stage.changesSince(widened) - changes));
    assertThat(gap).isLessThan(400);
    assertThat(top).isBetween(0L, 35_000 * MILLI);
    assertThat(stage.changesSince(widened)).isLessThanOrEqualTo(3);
    assertThat(stage.layer()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"1,2000,300", "2,2000,300", "3,5000,500"})
  void aFallOfTheCapacityDrainsQuickly(long seed, long before, long after) {
    BottleneckStage stage = stage(seed, link(before), COARSE);
    stage.run(10_000);
    assertThat(stage.layer()).isEqualTo(2);
    stage.down(link(after));
    stage.run(3000);
    long estimate = stage.estimate();
    double loss = stage.run(20_000);
    say(
        "fall",
        seed,
        String.format(
            Locale.ROOT,
            "estimate after 3 s %d, layer %d, loss later %.4f, rtt %d",
            estimate,
            stage.layer(),
            loss,
            stage.path.near.bandwidthStats(stage.simulation.now()).roundTripNanos() / MILLI));
    assertThat(estimate).isLessThan(after * 1100);
    assertThat(loss).isLessThan(0.02);
    assertThat(stage.layer()).isLessThan(2);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void afterABlackoutOf10SecondsItIsBackWithin3(long seed) {
    Conditions link = link(3000);
    BottleneckStage stage = stage(seed, link, COARSE);
    stage.run(10_000);
    assertThat(stage.layer()).isEqualTo(2);
    stage.down(Conditions.of(25, 0, 1));
    stage.up(Conditions.of(25, 0, 1));
    stage.run(10_000);
    long during = stage.estimate();
    stage.down(link);
    stage.up(UP);
    long back = stage.simulation.now();
    stage.run(3000);
    long picture =
        stage.pictures.stream().filter(t -> t > back).findFirst().orElse(Long.MAX_VALUE) - back;
    long sound =
        stage.sounds.stream().filter(t -> t > back).findFirst().orElse(Long.MAX_VALUE) - back;
    say(
        "blackout",
        seed,
        String.format(
            Locale.ROOT,
            "during %d, sound after %d ms, picture after %d ms, layer %d, estimate %d",
            during,
            sound / MILLI,
            picture / MILLI,
            stage.layer(),
            stage.estimate()));
    assertThat(during).isLessThan(500_000);
    assertThat(picture).isLessThan(3000 * MILLI);
    stage.run(10_000);
    assertThat(stage.layer()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void randomLossOf5PercentDoesNotCollapseIt(long seed) {
    BottleneckStage stage = stage(seed, link(3000, 0.05), COARSE);
    stage.run(20_000);
    long low = Long.MAX_VALUE;
    for (int i = 0; i < 60; i++) {
      stage.run(1000);
      low = Math.min(low, stage.estimate());
    }
    say(
        "5 %",
        seed,
        String.format(
            Locale.ROOT,
            "lowest %d, now %d, layer %d, changes %d",
            low,
            stage.estimate(),
            stage.layer(),
            stage.changes.size()));
    assertThat(low).isGreaterThan(300_000);
    assertThat(stage.layer()).isGreaterThanOrEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"1,0.3", "2,0.5"})
  void lostFeedbackChangesLittle(long seed, double loss) {
    BottleneckStage stage = stage(seed, link(2000), COARSE);
    stage.up(Conditions.of(25, 2, loss));
    stage.run(40_000);
    say(
        "feedback",
        seed,
        String.format(
            Locale.ROOT,
            "estimate %d, layer %d, changes %d",
            stage.estimate(),
            stage.layer(),
            stage.changes.size()));
    assertThat(stage.layer()).isEqualTo(2);
    assertThat(stage.changes).hasSizeLessThan(6);
  }

  @Test
  void oneBadReceiverLowersNobodyElse() {
    Simulation simulation = new Simulation(7);
    BottleneckStage good = new BottleneckStage(simulation, link(5000), UP, COARSE);
    BottleneckStage bad = new BottleneckStage(simulation, link(60, 0.3), UP, COARSE);
    good.run(5000);
    long from = simulation.now();
    good.run(20_000);
    assertThat(bad.layer()).isEqualTo(Allotment.PAUSED);
    assertThat(good.layer()).isEqualTo(2);
    assertThat(good.changesSince(from)).isZero();
    assertThat(BottleneckStage.longestGapMillis(good.pictures, from, simulation.now()))
        .isLessThan(100);
  }

  /** Somebody lacks a processor for 5 to 40 ms again and again; the link carries 100 Mbit/s. */
  @ParameterizedTest
  @CsvSource({
    "1,250,0",
    "2,250,0",
    "3,60,0",
    "4,0,250",
    "5,0,250",
    "6,0,60",
    "7,250,250",
    "8,60,60",
    "9,60,60"
  })
  void aStalledProcessorIsNoNarrowLink(long seed, long farApart, long nearApart) {
    Simulation simulation = new Simulation(seed);
    Conditions wide = new Conditions(MILLI, MILLI / 5, 0, 0, 100_000_000, QUEUE);
    BottleneckStage stage = new BottleneckStage(simulation, wide, wide, 1_500_000);
    stage.path.stalls(
        farApart > 0 ? Stalls.of(seed, farApart, 5, 40) : Stalls.NONE,
        nearApart > 0 ? Stalls.of(seed + 100, nearApart, 5, 40) : Stalls.NONE);
    stage.run(1000);
    long low = Long.MAX_VALUE;
    for (int i = 0; i < 600; i++) {
      stage.run(100);
      low = Math.min(low, stage.estimate());
    }
    stage.stop();
    say(
        "stalls " + farApart + " " + nearApart,
        seed,
        String.format(
            Locale.ROOT,
            "lowest %d, changes %d, holes %d, %s",
            low,
            stage.changes.size(),
            stage.holes(),
            stage.path.near.bandwidthStats(simulation.now())));
    assertThat(stage.changes).as("never paused").hasSize(1);
    assertThat(low).as("more than what is sent").isGreaterThan(1_550_000);
    assertThat(stage.holes()).isZero();
  }
}
