package dev.amphi.interactive.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.bandwidth.Narrowness;
import dev.amphi.interactive.pipeline.SeededNetwork.Conditions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A small camera is sent as one stream: there is nothing smaller to fall back to. A whole room in
 * virtual time; one of its people watches.
 */
class OnlyLayerTest {
  private static void way(NarrowStage stage, long delayMillis, long jitterMillis, double loss) {
    stage.link(Conditions.of(delayMillis, jitterMillis, loss));
    stage.up(Conditions.of(delayMillis, jitterMillis, loss));
  }

  private static NarrowStage wide(long seed, long kbps) {
    NarrowStage stage = NarrowStage.ofOneLayer(seed, Conditions.of(1, 1, 0), kbps * 1000).traced();
    way(stage, 1, 1, 0);
    stage.run(15_000 + seed * 37);
    return stage;
  }

  private static void say(String what, long seed, long kbps, NarrowStage stage, long from) {
    System.out.printf(
        "only layer %s, seed %d, %d kbit/s: %d pictures, longest gap %d ms, %d rests%n",
        what,
        seed,
        kbps,
        stage.pictures(from, 1, 720),
        stage.longestGapMillis(from),
        stage.rests());
  }

  @ParameterizedTest
  @CsvSource({"1,150", "2,150", "3,150", "1,200", "2,200", "3,300"})
  void aWayThatBecomesLongerIsNoNarrowerOne(long seed, long kbps) {
    NarrowStage stage = wide(seed, kbps);
    long from = stage.now();
    way(stage, 51, 1, 0);
    stage.run(60_000);
    say("+100 ms", seed, kbps, stage, from);
    assertThat(stage.stats().narrow()).isEqualTo(Narrowness.UNKNOWN);
    assertThat(stage.rests()).isZero();
    assertThat(stage.longestGapMillis(from)).isLessThan(200);
  }

  /** Somebody had no processor to spare: what came then came late, and some of it all at once. */
  @ParameterizedTest
  @CsvSource({"1,150", "2,150", "3,150", "1,300"})
  void aHiccupEachFewSecondsIsNoReasonToRest(long seed, long kbps) {
    NarrowStage stage = wide(seed, kbps);
    way(stage, 51, 1, 0);
    stage.run(1000);
    long from = stage.now();
    for (int i = 0; i < 20; i++) {
      way(stage, 150, 250, 0);
      stage.run(400);
      way(stage, 51, 1, 0);
      stage.run(2600);
    }
    say("hiccups", seed, kbps, stage, from);
    assertThat(stage.rests()).isZero();
    assertThat(stage.longestGapMillis(from)).isLessThan(1000);
  }

  @ParameterizedTest
  @CsvSource({
    "1,150,5,1700",
    "2,150,5,1700",
    "3,300,5,1700",
    "1,150,15,1600",
    "2,150,15,1600",
    "3,300,15,1600",
    "1,150,30,600",
    "2,150,30,600",
    "3,300,30,600"
  })
  void whatARadioLosesIsNoReasonToRest(long seed, long kbps, int percent, long atLeast) {
    NarrowStage stage = wide(seed, kbps);
    way(stage, 51, 1, 0);
    stage.run(30_000);
    long from = stage.now();
    way(stage, 51, 1, percent / 100.0);
    stage.run(60_000);
    say(percent + " %", seed, kbps, stage, from);
    assertThat(stage.rests()).isZero();
    assertThat(stage.pictures(from, 1, 720)).as("of 1765").isGreaterThan(atLeast);
  }

  /** With a queue of 300 ms and with next to none, where only the loss tells. */
  @ParameterizedTest
  @CsvSource({"1,300", "2,300", "3,300", "1,40", "2,40", "3,40"})
  void whatDoesNotFitRestsAndTheSoundIsWhole(long seed, long queueMillis) {
    NarrowStage stage = wide(seed, 300);
    stage.link(narrow(150, queueMillis));
    stage.run(12_000);
    long from = stage.now();
    double loss = stage.run(20_000);
    long lifted = stage.now();
    way(stage, 51, 1, 0);
    stage.run(20_000);
    long first = stage.firstMillis(lifted, 1, 720);
    System.out.printf(
        "only layer, 150 kbit/s, seed %d, queue %d ms: loss %.4f, first after %d%n",
        seed, queueMillis, loss, first);
    assertThat(stage.rests()).isPositive();
    assertThat(loss).isLessThan(0.02);
    assertThat(stage.pictures(from, 1, 720) - stage.pictures(lifted, 1, 720)).isLessThan(90);
    assertThat(first).isLessThan(10_000);
  }

  private static Conditions narrow(long kbps, long queueMillis) {
    return new Conditions(
        51 * NarrowStage.MILLI,
        NarrowStage.MILLI,
        0,
        0,
        kbps * 1000,
        queueMillis * NarrowStage.MILLI);
  }
}
