package dev.amphi.interactive.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.pipeline.SeededNetwork.Conditions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Somebody whose machine had no processor to spare for a while: what came was read late and in
 * bursts, and so were the answers. The link itself is a good one.
 */
class StarvedReceiverTest {
  private static final Conditions GOOD = Conditions.of(0, 0, 0);

  @ParameterizedTest
  @ValueSource(longs = {1, 3, 6})
  void seesAPictureSoonAfterItHasTimeAgain(long seed) {
    long late = 500 * seed * seed;
    NarrowStage stage = new NarrowStage(seed, Conditions.of(late, late, 0));
    stage.up(Conditions.of(late, late, 0));
    stage.run(40_000);
    stage.link(GOOD);
    stage.up(GOOD);
    long from = stage.now();
    stage.run(60_000);
    assertThat(stage.firstMillis(from, 1, 720)).isLessThan(15_000);
  }
}
