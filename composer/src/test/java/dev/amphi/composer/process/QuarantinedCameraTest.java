package dev.amphi.composer.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.composer.api.SourceSpec;
import dev.amphi.composer.composition.Handling;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A camera that was put into quarantine, and when it comes out again. */
class QuarantinedCameraTest {
  private static final SourceSpec CAMERA =
      new SourceSpec("cam", "eve", "Eve", "student", SourceSpec.Kind.CAMERA, SourceSpec.Codec.VP8);

  private final FakeChildren program;

  QuarantinedCameraTest() throws IOException {
    program = new FakeChildren();
    program.composition().putSource(CAMERA);
    for (int i = 0; i < 3; i++) {
      program.crash(Handling.Work.PICTURE, "cam");
    }
  }

  @AfterEach
  void end() {
    program.close();
  }

  private void frame() {
    program.composition().frame("cam", ByteBuffer.allocate(9), 0, 0, -1, true);
  }

  @Test
  void staysAwayOverABreak() {
    program.composition().restSource("cam");
    program.composition().putSource(CAMERA);
    program.composition().muteSource("cam", false);
    frame();

    assertThat(program.told())
        .endsWith(
            new Command.Put(CAMERA), new Command.Mute("cam", true), new Command.Mute("cam", true));
    assertThat(program.news).endsWith("quarantined cam", "interrupted");
    program.composition().restSource("cam");
    program.composition().removeSource("cam"); // who leaves during the break
    assertThat(program.news).endsWith("quarantined cam", "interrupted", "released cam");
  }

  @Test
  void isBelievedOnceMoreWhenItWasTakenOut() {
    program.composition().removeSource("cam");
    program.composition().putSource(CAMERA);
    frame();

    assertThat(program.told()).endsWith(new Command.Put(CAMERA), frameOf(program));
    assertThat(program.news).endsWith("quarantined cam", "interrupted", "released cam");
    program.crash(Handling.Work.PICTURE, "cam");
    frame();
    assertThat(program.told()).noneMatch(command -> command instanceof Command.Frame);
    assertThat(program.news).endsWith("released cam", "quarantined cam", "interrupted");
  }

  private static Command frameOf(FakeChildren program) {
    return program.told().stream()
        .filter(command -> command instanceof Command.Frame)
        .findFirst()
        .orElseThrow();
  }
}
