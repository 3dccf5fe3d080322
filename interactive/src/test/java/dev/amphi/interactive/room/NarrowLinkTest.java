package dev.amphi.interactive.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.pipeline.SeededNetwork.Conditions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole room in virtual time, one of whose people watches over a narrow link. */
class NarrowLinkTest {
  private static Conditions link(long kbps) {
    return new Conditions(
        25 * NarrowStage.MILLI, 2 * NarrowStage.MILLI, 0, 0, kbps * 1000, 300 * NarrowStage.MILLI);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whoComesInOver300SeesASmallPicture(long seed) {
    NarrowStage stage = new NarrowStage(seed, link(300)).traced();
    stage.run(8000);
    long from = stage.now();
    double loss = stage.run(30_000);
    System.out.println("narrow 300 " + seed + ": " + stage.pictures(from, 1, 180) + " " + loss);
    assertThat(loss).isLessThan(0.02);
    assertThat(stage.pictures(from, 1, 360)).as("of 300").isGreaterThan(250);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aLinkThatFallsTo300AndIsLiftedAgain(long seed) {
    NarrowStage stage = new NarrowStage(seed, link(3000)).traced();
    stage.run(15_000);
    assertThat(stage.pictures.getLast().height()).isEqualTo(720);
    long fell = stage.now();
    stage.link(link(300));
    stage.run(10_000);
    long small = stage.firstMillis(fell, 1, 360);
    long from = stage.now();
    double loss = stage.run(30_000);
    long lifted = stage.now();
    stage.link(link(3000));
    stage.run(30_000);
    long large = stage.firstMillis(lifted, 720, 720);
    System.out.println(
        "narrow fall "
            + seed
            + ": small after "
            + small
            + ", then "
            + (stage.pictures(from, 1, 360) - stage.pictures(lifted, 1, 360))
            + " in 30 s, loss "
            + loss
            + ", large after "
            + large);
    assertThat(small).isLessThan(8000);
    assertThat(loss).isLessThan(0.02);
    assertThat(large).isLessThan(15_000);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void at60OnlySoundAndThePictureComesBack(long seed) {
    NarrowStage stage = new NarrowStage(seed, link(300)).traced();
    stage.run(20_000);
    stage.link(link(60));
    stage.run(10_000);
    long from = stage.now();
    double loss = stage.run(30_000);
    long lifted = stage.now();
    stage.link(link(3000));
    stage.run(30_000);
    System.out.println(
        "narrow 60 "
            + seed
            + ": loss "
            + loss
            + ", first after "
            + stage.firstMillis(lifted, 1, 720)
            + ", large after "
            + stage.firstMillis(lifted, 720, 720));
    assertThat(loss).isLessThan(0.02);
    assertThat(stage.pictures(from, 1, 720) - stage.pictures(lifted, 1, 720)).isLessThan(15);
    assertThat(stage.firstMillis(lifted, 1, 720)).isLessThan(10_000);
    assertThat(stage.firstMillis(lifted, 720, 720)).isLessThan(15_000);
  }
}
