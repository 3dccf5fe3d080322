package dev.amphi.composer.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.amphi.composer.api.Composition;
import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.ProgramListener;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real processes that mean ill: nothing of theirs reaches the program, and each is ended. */
class HostileChildIT {
  private static final long CAP = 200L << 20;

  private final List<String> samples = new CopyOnWriteArrayList<>();
  private final List<String> interruptions = new CopyOnWriteArrayList<>();

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
          samples.add("format of " + renditionId);
        }

        @Override
        public void sample(
            String renditionId,
            ByteBuffer payload,
            long timeTicks,
            int durationTicks,
            boolean sync) {
          samples.add(renditionId);
        }

        @Override
        public void keyFrameWanted(String sourceId) {
          samples.add("key frame of " + sourceId);
        }

        @Override
        public void interrupted(String reason) {
          interruptions.add(reason);
        }

        @Override
        public void ended() {}
      };

  private static ProcessComposer composer(String script) {
    ChildCommand like = ChildCommand.likeThisProcess();
    return new ProcessComposer(
        new ChildCommand(
            like.java(),
            like.classPath(),
            List.of("-Dscript=" + script, "-XX:MaxDirectMemorySize=4g"),
            HostileChild.class.getName()),
        System::nanoTime,
        InstantSource.system(),
        CAP);
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage", "endless"})
  void believesNoGarbageAndStartsAnother(String script) {
    try (ProcessComposer composer = composer(script)) {
      Composition composition = composer.start(CompositionSpec.standard("r", "t"), listener);
      await().atMost(Duration.ofSeconds(30)).until(() -> interruptions.size() >= 2);
      assertThat(interruptions).allSatisfy(reason -> assertThat(reason).isNotBlank());
      assertThat(samples).isEmpty();
      composition.close();
    }
  }

  @Test
  void endsAChildThatGrows() {
    try (ProcessComposer composer = composer("grows")) {
      Composition composition = composer.start(CompositionSpec.standard("r", "t"), listener);
      await().atMost(Duration.ofSeconds(30)).until(() -> !interruptions.isEmpty());
      assertThat(interruptions.getFirst()).isEqualTo("the composer process took more than 200 MiB");
      composition.close();
    }
  }
}
