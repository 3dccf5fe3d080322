package dev.amphi.composer.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.amphi.composer.api.Composition;
import dev.amphi.composer.api.CompositionSpec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real processes that mean ill: nothing of theirs reaches the program, and each is ended. */
class HostileChildIT {
  private static final long CAP = 200L << 20;

  private final HeardProgram heard = new HeardProgram();

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
      Composition composition = composer.start(CompositionSpec.standard("r", "t"), heard);
      await().atMost(Duration.ofSeconds(30)).until(() -> heard.interruptions.size() >= 2);
      assertThat(heard.interruptions).allSatisfy(reason -> assertThat(reason).isNotBlank());
      assertThat(heard.nothing()).isTrue();
      composition.close();
    }
  }

  @Test
  void endsAChildThatGrows() {
    try (ProcessComposer composer = composer("grows")) {
      Composition composition = composer.start(CompositionSpec.standard("r", "t"), heard);
      await().atMost(Duration.ofSeconds(30)).until(() -> !heard.interruptions.isEmpty());
      assertThat(heard.interruptions.getFirst())
          .isEqualTo("the composer process took more than 200 MiB");
      composition.close();
    }
  }
}
