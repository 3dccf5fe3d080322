package dev.amphi.composer.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StarvationTest {
  private static final long MS = 1_000_000;

  private final Starvation starvation = new Starvation();

  private static ThreadTime thread(long id, boolean runnable, long ran, long waited, long turns) {
    return new ThreadTime(id, runnable, ran * MS, waited * MS, turns);
  }

  private long look(long atMillis, ThreadTime... threads) {
    starvation.look(atMillis * MS, List.of(threads));
    return starvation.mostNanos() / MS;
  }

  @Test
  void knowsNothingOfTheTimeBeforeTheFirstLook() {
    assertThat(look(1_000, thread(1, true, 10, 9_000, 7))).isZero();
  }

  @Test
  void whoSleepsOrRunsDoesNotWait() {
    look(1_000, thread(1, false, 10, 900, 7), thread(2, true, 50, 0, 3));
    assertThat(look(1_250, thread(1, false, 10, 900, 7), thread(2, true, 300, 0, 3))).isZero();
  }

  @Test
  void countsWhatTheKernelCounted() {
    look(1_000, thread(1, false, 10, 900, 7));
    assertThat(look(1_250, thread(1, false, 20, 1_020, 9))).isEqualTo(120);
  }

  /** It adds a wait to its figure only when the wait is over. */
  @Test
  void countsAWaitThatIsNotOver() {
    look(1_000, thread(1, true, 10, 900, 7));
    assertThat(look(1_250, thread(1, true, 14, 900, 7))).isEqualTo(246);
    assertThat(look(1_500, thread(1, true, 14, 900, 7))).isEqualTo(250);
    assertThat(look(1_750, thread(1, true, 20, 1_540, 8)))
        .as("the kernel tells all of it now; a look never counts more than its own time")
        .isEqualTo(250);
    assertThat(look(2_000, thread(1, false, 22, 1_540, 8))).isZero();
  }

  @Test
  void aTurnAmidAWaitIsTheKernelsToCount() {
    look(1_000, thread(1, true, 10, 900, 7));
    assertThat(look(1_250, thread(1, true, 60, 960, 8))).isEqualTo(60);
  }

  @Test
  void oneThreadThatWaitsHoldsTheProcessUpAndTwoNoLonger() {
    look(1_000, thread(1, false, 10, 900, 7), thread(2, false, 0, 0, 1));
    assertThat(look(1_250, thread(1, false, 11, 1_050, 8), thread(2, false, 5, 200, 4)))
        .isEqualTo(200);
    assertThat(starvation.nanosOf(1)).isEqualTo(150 * MS);
    assertThat(starvation.nanosOf(2)).isEqualTo(200 * MS);
    assertThat(starvation.nanosOf(0)).as("of whom nothing is known").isEqualTo(200 * MS);
  }

  @Test
  void threadsComeAndGo() {
    look(1_000, thread(1, true, 10, 900, 7));
    assertThat(look(1_250, thread(2, true, 10, 5_000, 7))).isZero();
  }

  @Test
  void beginsAnewAfterNobodyLooked() {
    look(1_000, thread(1, true, 10, 900, 7));
    assertThat(look(1_250)).isZero();
    assertThat(look(1_500, thread(1, true, 10, 900, 7))).isZero();
    starvation.forget();
    assertThat(starvation.mostNanos()).isZero();
    assertThat(look(1_750, thread(1, true, 10, 900, 7))).isZero();
    assertThat(look(2_000, thread(1, true, 10, 900, 7))).isEqualTo(250);
  }
}
