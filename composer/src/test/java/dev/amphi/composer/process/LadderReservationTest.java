package dev.amphi.composer.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.load.LadderChoice;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Classes that choose their sizes before any of them was measured; no child is ever started. */
class LadderReservationTest {
  private static final long SECOND = 1_000_000_000L;

  private final AtomicLong nanos = new AtomicLong(SECOND);
  private final CountDownLatch paceIsKnown = new CountDownLatch(1);
  private final ProcessComposer composer =
      new ProcessComposer(
              new ChildCommand(Path.of("/nowhere/java"), "", List.of()),
              nanos::get,
              InstantSource.system())
          .withCpuBudget(2)
          .withLadderByBudget(this::pace);

  @AfterEach
  void end() {
    composer.close();
  }

  private LadderChoice pace() {
    try {
      paceIsKnown.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return LadderChoice.REFERENCE;
  }

  private int sizes(String roomId) {
    return composer.spec(roomId, "Class").renditions().size();
  }

  /** Each waits for the machine's pace, as they do after a restart, and then all go on at once. */
  @Test
  void classesThatOpenAtTheSameMomentSeeEachOther() {
    List<CompletableFuture<Integer>> asked =
        IntStream.range(0, 6)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> sizes("room" + i), Thread::startVirtualThread))
            .toList();
    paceIsKnown.countDown();
    assertThat(asked.stream().map(CompletableFuture::join).sorted())
        .containsExactly(1, 1, 2, 2, 2, 2);
  }

  @Test
  void whoAsksAgainOrDoesNotStartTakesNothingFromTheOthers() {
    paceIsKnown.countDown();
    for (int i = 0; i < 9; i++) {
      assertThat(sizes("again")).isEqualTo(2);
    }
    for (int i = 0; i < 9; i++) {
      CompositionSpec spec = composer.spec("lost" + i, "Class");
      assertThatThrownBy(() -> composer.start(spec, new HeardProgram()))
          .hasMessageContaining("/nowhere/java");
    }
    assertThat(sizes("other")).as("started in vain").isEqualTo(2);
    IntStream.range(0, 9).forEach(i -> sizes("idle" + i));
    assertThat(sizes("late")).as("the machine is full").isEqualTo(1);
    nanos.addAndGet(30 * SECOND);
    assertThat(sizes("later")).as("nobody has come").isEqualTo(2);
  }
}
