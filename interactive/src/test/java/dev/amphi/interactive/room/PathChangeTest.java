package dev.amphi.interactive.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.pipeline.SeededNetwork.Conditions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A whole room in virtual time; nothing goes between the node and one of its people for a while,
 * then everything over another network, or over the same again.
 */
class PathChangeTest {
  private static final Conditions DARK = Conditions.of(25, 2, 1);
  private static final long[] DARK_MILLIS = {300, 700, 1000, 3000, 8000};

  /** One change of network. */
  private record Change(long seed, long darkMillis, long delayMillis) {}

  private static List<Change> to(long... delaysMillis) {
    List<Change> changes = new ArrayList<>();
    for (long seed = 1; seed <= 3; seed++) {
      for (long dark : DARK_MILLIS) {
        for (long delay : delaysMillis) {
          changes.add(new Change(seed, dark, delay));
        }
      }
    }
    return changes;
  }

  private static Stream<Change> anotherNetwork() {
    return to(5, 80).stream();
  }

  private static Stream<Change> theSameNetwork() {
    return to(25).stream();
  }

  private static Conditions link(long kbps, long delayMillis) {
    return new Conditions(
        delayMillis * NarrowStage.MILLI,
        2 * NarrowStage.MILLI,
        0,
        0,
        kbps * 1000,
        300 * NarrowStage.MILLI);
  }

  /** All is well over 3 Mbit/s and 25 ms, and then dark. */
  private static NarrowStage dark(Change change, long kbps) {
    NarrowStage stage = new NarrowStage(change.seed(), link(kbps, 25)).traced();
    stage.run(15_000 + change.seed() * 37);
    stage.link(DARK);
    stage.up(DARK);
    stage.run(change.darkMillis());
    return stage;
  }

  private static void light(NarrowStage stage, Change change, long kbps) {
    stage.link(link(kbps, change.delayMillis()));
    stage.up(Conditions.of(change.delayMillis(), 2, 0));
  }

  /** How long after that the first picture came, and the longest time without one. */
  private static long[] healed(String what, NarrowStage stage, Change change) {
    long since = stage.now();
    stage.run(15_000);
    long first = stage.firstMillis(since, 1, 720);
    long gap = stage.longestGapMillis(since);
    System.out.printf("path %s, %s: first %d ms, gap %d ms%n", what, change, first, gap);
    return new long[] {first, gap};
  }

  @ParameterizedTest
  @MethodSource("anotherNetwork")
  void anotherNetworkThatIsNoNarrower(Change change) {
    NarrowStage stage = dark(change, 3000);
    light(stage, change, 3000);
    stage.move();
    long[] healed = healed("as wide", stage, change);
    assertThat(healed[0]).isLessThan(600);
    assertThat(healed[1]).isLessThan(1500);
    assertThat(stage.pictures.getLast().height()).isEqualTo(720);
  }

  @ParameterizedTest
  @MethodSource("anotherNetwork")
  void anotherNetworkThatDoesNotCarryWhatWasShown(Change change) {
    NarrowStage stage = dark(change, 3000);
    light(stage, change, 1000);
    stage.move();
    long[] healed = healed("narrower", stage, change);
    assertThat(healed[0]).isLessThan(1000);
    assertThat(healed[1]).isLessThan(2000);
  }

  @ParameterizedTest
  @MethodSource("anotherNetwork")
  void fromANarrowNetworkIntoAWideOne(Change change) {
    NarrowStage stage = dark(change, 300);
    light(stage, change, 3000);
    stage.move();
    long since = stage.now();
    long[] healed = healed("wider", stage, change);
    long large = stage.firstMillis(since, 720, 720);
    System.out.println("path wider, large after " + large);
    assertThat(healed[0]).isLessThan(1500);
    assertThat(healed[1]).isLessThan(2000);
    assertThat(large).isLessThan(5000);
  }

  /** Three seconds of key frames that were asked for would still wait for a way of 300 kbit/s. */
  private static Stream<Change> anotherNetworkButAfter3Seconds() {
    return anotherNetwork().filter(change -> change.darkMillis() != 3000);
  }

  @ParameterizedTest
  @MethodSource("anotherNetworkButAfter3Seconds")
  void fromANarrowNetworkIntoAnother(Change change) {
    NarrowStage stage = dark(change, 300);
    light(stage, change, 300);
    stage.move();
    long[] healed = healed("narrow", stage, change);
    assertThat(healed[0]).isLessThan(2000);
    assertThat(healed[1]).isLessThan(2000);
    assertThat(stage.pictures.getLast().height()).isLessThanOrEqualTo(360);
  }

  @ParameterizedTest
  @MethodSource("theSameNetwork")
  void theSameNetworkAgain(Change change) {
    NarrowStage stage = dark(change, 3000);
    light(stage, change, 3000);
    long[] healed = healed("the same", stage, change);
    assertThat(healed[0]).isLessThan(600);
    assertThat(healed[1]).isLessThan(1500);
    assertThat(stage.pictures.getLast().height()).isEqualTo(720);
  }
}
