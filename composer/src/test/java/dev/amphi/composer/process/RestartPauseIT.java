package dev.amphi.composer.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.SourceSpec;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens between the end of one child and the start of the next. */
@Timeout(120)
class RestartPauseIT {
  private static final long SECOND = 1_000_000_000L;
  private static final CompositionSpec SPEC = CompositionSpec.standard("r", "t");

  private final AtomicInteger taken = new AtomicInteger();
  private volatile Runnable afterDeath = () -> {};

  private final HeardProgram heard =
      new HeardProgram() {
        @Override
        public void interrupted(String reason) {
          super.interrupted(reason);
          afterDeath.run();
        }
      };

  private static Newborn leaving() throws IOException {
    ChildCommand like = ChildCommand.likeThisProcess();
    return Newborn.of(
        new ChildCommand(
            like.java(),
            like.classPath(),
            List.of("-Dscript=leaves"),
            HostileChild.class.getName()));
  }

  @Test
  void aChildThatIsDeadIsNotJudgedByWhatItLeftUnfinished() throws Exception {
    AtomicLong clock = new AtomicLong();
    SupervisedComposition composition =
        new SupervisedComposition(
            SPEC,
            heard,
            RestartPauseIT::leaving,
            () -> clock.addAndGet(5 * SECOND), // no life is a short one, so no pause is long
            InstantSource.system());
    composition.putSource(
        new SourceSpec(
            "camera", "eve", "Eve", "student", SourceSpec.Kind.CAMERA, SourceSpec.Codec.VP8));
    afterDeath =
        () -> {
          composition.watch(System.nanoTime() + 60 * SECOND, Long.MAX_VALUE);
          if (heard.interruptions.size() == 5) {
            composition.close();
          }
        };
    composition.supervise();

    assertThat(heard.interruptions)
        .hasSize(5)
        .containsOnly("the composer process ended with code 3");
    assertThat(heard.quarantined).isEmpty();
    assertThat(heard.ended).hasValue(1);
  }

  @Test
  void whatIsClosedBetweenTwoChildrenIsOverAtOnce() throws Exception {
    SupervisedComposition composition =
        new SupervisedComposition(
            SPEC,
            heard,
            () -> {
              if (taken.incrementAndGet() == 2) {
                throw new IOException("too many processes");
              }
              return leaving();
            },
            System::nanoTime,
            InstantSource.system(),
            Duration.ofHours(1).toMillis());
    Thread supervisor = Thread.ofPlatform().daemon().unstarted(() -> supervise(composition));
    supervisor.start();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> taken.get() == 2 && supervisor.getState() == Thread.State.TIMED_WAITING);
    composition.close();

    await().atMost(Duration.ofSeconds(30)).until(() -> heard.ended.get() == 1);
    assertThat(taken).hasValue(2);
  }

  private static void supervise(SupervisedComposition composition) {
    try {
      composition.supervise();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
