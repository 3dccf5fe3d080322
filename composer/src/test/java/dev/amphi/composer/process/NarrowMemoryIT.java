package dev.amphi.composer.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.amphi.composer.api.Composition;
import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.ProgramListener;
import dev.amphi.composer.api.SourceSpec;
import dev.amphi.composer.codec.PackedPicture;
import dev.amphi.composer.codec.PlanarPicture;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A child whose heap is too small, and a node that stands still for a while. */
@Timeout(180)
class NarrowMemoryIT {
  private static final CompositionSpec SPEC = CompositionSpec.standard("r", "t");
  private static final long SECOND = 1_000_000_000L;

  private final List<String> interruptions = new CopyOnWriteArrayList<>();
  private final List<String> quarantined = new CopyOnWriteArrayList<>();
  private final AtomicInteger pictures = new AtomicInteger();
  private volatile int running = -1;

  private final ProgramListener listener =
      new ProgramListener() {
        @Override
        public void format(
            String renditionId,
            boolean video,
            int width,
            int height,
            ByteBuffer codecConfig,
            int timescale,
            Instant startsAt,
            int epoch) {
          running = epoch;
          pictures.set(0);
        }

        @Override
        public void sample(
            String renditionId,
            ByteBuffer payload,
            long timeTicks,
            int durationTicks,
            boolean sync) {
          pictures.incrementAndGet();
        }

        @Override
        public void keyFrameWanted(String sourceId) {}

        @Override
        public void quarantined(String sourceId, String reason) {
          quarantined.add(sourceId);
        }

        @Override
        public void interrupted(String reason) {
          interruptions.add(reason);
        }

        @Override
        public void ended() {}
      };

  private void plays(int epoch) {
    await().atMost(Duration.ofSeconds(60)).until(() -> running >= epoch && pictures.get() > 30);
  }

  /** Heap, and memory outside of it that Java counts itself. */
  @ParameterizedTest
  @ValueSource(strings = {"-Xmx24m", "-XX:MaxDirectMemorySize=16m"})
  void aChildWithoutMemoryEndsAtOnceAndAnotherGoesOn(String narrow) {
    try (ProcessComposer composer =
        new ProcessComposer(
            ChildCommand.likeThisProcess().with(narrow),
            System::nanoTime,
            InstantSource.system())) {
      Composition composition = composer.start(SPEC, listener);
      plays(0);
      composition.putSource(
          new SourceSpec("page", "ada", "A", "", SourceSpec.Kind.SCREEN, SourceSpec.Codec.STILL));
      byte[] packed = PackedPicture.pack(new PlanarPicture(4_096, 4_096));
      composition.still("page", 4_096, 4_096, ByteBuffer.wrap(packed));
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> interruptions.contains("the composer process ended with code 3"));
      composition.removeSource("page");
      plays(1);
      assertThat(quarantined).as("that it was out of memory is nobody's fault").isEmpty();
    }
  }

  /** As after a long collection of garbage, or when the machine slept. */
  @Test
  void aNodeThatStoodStillEndsNoChildForItsSilence() throws Exception {
    AtomicLong aheadNanos = new AtomicLong();
    AtomicInteger looks = new AtomicInteger();
    try (ProcessComposer composer =
        new ProcessComposer(
            ChildCommand.likeThisProcess(),
            () -> {
              if (Thread.currentThread().getName().equals("composer-watchdog")) {
                looks.incrementAndGet();
              }
              return System.nanoTime() + aheadNanos.get();
            },
            InstantSource.system())) {
      SupervisedComposition composition = (SupervisedComposition) composer.start(SPEC, listener);
      plays(0);
      signal(composition, "STOP"); // so that nothing it says can excuse it
      aheadNanos.set(20 * SECOND);
      int before = looks.get();
      await().atMost(Duration.ofSeconds(20)).until(() -> looks.get() >= before + 3);
      signal(composition, "CONT");
      int shown = pictures.get();
      await().atMost(Duration.ofSeconds(20)).until(() -> pictures.get() > shown + 60);
      assertThat(interruptions).isEmpty();
      assertThat(running).isZero();
    }
  }

  private static void signal(SupervisedComposition composition, String signal) throws Exception {
    new ProcessBuilder("kill", "-" + signal, Long.toString(composition.pid())).start().waitFor();
  }
}
