package dev.amphi.composer.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.SourceSpec;
import dev.amphi.composer.composition.Handling;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a child says of whom it has told by name is known to the next one. */
class IntroductionsTest {
  private final FakeChildren program;

  IntroductionsTest() throws IOException {
    program = new FakeChildren();
    microphone("ada");
    microphone("ben");
  }

  @AfterEach
  void end() {
    program.close();
  }

  private void microphone(String participant) {
    program
        .composition()
        .putSource(
            new SourceSpec(
                participant + "-mic",
                participant,
                participant,
                "student",
                SourceSpec.Kind.MICROPHONE,
                SourceSpec.Codec.OPUS));
  }

  private void says(String participant) {
    new ReportWriter(program.child().voice(), CompositionSpec.standard("r", "t"))
        .introduced(participant);
  }

  private void crash() {
    program.crash(Handling.Work.SOUND, "nobody's");
  }

  @Test
  void areToldToEachChildThatTakesOver() {
    says("ada");
    says("somebody who is not here");
    crash();
    assertThat(program.told()).containsOnlyOnce(new Command.Introduced(Set.of("ada")));

    says("ben");
    crash();
    assertThat(program.told()).containsOnlyOnce(new Command.Introduced(Set.of("ada", "ben")));
  }

  @Test
  void areForgottenAMinuteAfterSomebodyLeft() {
    says("ada");
    says("ben");
    crash();
    program.composition().removeSource("ada-mic");
    program.composition().restSource("ben-mic");
    crash();
    assertThat(program.told()).contains(new Command.Introduced(Set.of("ada", "ben")));

    microphone("ben");
    program.later(60);
    crash();
    assertThat(program.told()).contains(new Command.Introduced(Set.of("ben")));
  }
}
