package dev.amphi.composer.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.composer.api.InkChange;
import dev.amphi.composer.api.SourceSpec;
import dev.amphi.composer.composition.Handling;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A page of slides that makes its program crash again and again. */
class QuarantinedPageTest {
  private static final String SLIDES = "~slides";
  private static final SourceSpec SOURCE =
      new SourceSpec(SLIDES, SLIDES, "Slides", "", SourceSpec.Kind.SCREEN, SourceSpec.Codec.STILL);

  private final FakeChildren program;

  QuarantinedPageTest() throws IOException {
    program = new FakeChildren();
    program.composition().putSource(SOURCE);
    show(3);
    program.composition().ink(new InkChange.On(SLIDES));
    program
        .composition()
        .ink(new InkChange.Grown("ada", "s1", 0xff0000, new float[] {0.5f, 0.5f}, true));
  }

  @AfterEach
  void end() {
    program.close();
  }

  private static Command.Still page(int number) {
    return page(number, 2);
  }

  private static Command.Still page(int number, int size) {
    byte[] packed = {(byte) number, (byte) size};
    return new Command.Still(SLIDES, size, size, ByteBuffer.wrap(packed));
  }

  private void show(int number) {
    show(number, 2);
  }

  private void show(int number, int size) {
    program.composition().still(SLIDES, "d/" + number, size, size, page(number, size).packed());
  }

  private void crash(int times) {
    for (int i = 0; i < times; i++) {
      program.crash(Handling.Work.DRAWING, SLIDES);
    }
  }

  @Test
  void isFedToEachChildUntilItIsInQuarantine() {
    crash(2);

    assertThat(program.told()).contains(new Command.Put(SOURCE), page(3));
    assertThat(program.told()).anyMatch(QuarantinedPageTest::isStroke);
    assertThat(program.news).containsExactly("interrupted", "interrupted");
  }

  @Test
  void isFedToNoOtherChildWhateverIsDrawnOverItMeanwhile() {
    crash(3);
    show(3);
    program.composition().putSource(SOURCE);

    assertThat(program.told())
        .noneMatch(command -> command instanceof Command.Put || command instanceof Command.Still)
        .noneMatch(QuarantinedPageTest::isStroke);
    assertThat(program.news).endsWith("quarantined " + SLIDES, "interrupted");
  }

  @Test
  void isTheSameInAnotherSize() {
    crash(3);
    show(3, 4);
    assertThat(program.told()).noneMatch(command -> command instanceof Command.Still);
    assertThat(program.news).doesNotContain("released " + SLIDES);

    show(4, 4);
    assertThat(program.told()).contains(page(4, 4));
    show(4, 2);
    assertThat(program.told()).endsWith(page(4, 2));
  }

  @Test
  void isKeptAwayWhenTheClassComesBackFromABreak() {
    crash(3);
    program.composition().restSource(SLIDES);
    program.composition().putSource(SOURCE);
    show(3);
    assertThat(program.told())
        .noneMatch(command -> command instanceof Command.Put || command instanceof Command.Still);

    program.composition().restSource(SLIDES);
    program.composition().putSource(SOURCE);
    show(4);
    assertThat(program.told()).containsSubsequence(new Command.Put(SOURCE), page(4));
  }

  @Test
  void leavesItsPlaceToTheNextPage() {
    crash(3);
    show(4);
    assertThat(program.told()).containsSubsequence(new Command.Put(SOURCE), page(4));
    assertThat(program.news).endsWith("quarantined " + SLIDES, "interrupted", "released " + SLIDES);

    show(3);
    crash(1);
    assertThat(program.told())
        .as("once back, one crash is enough")
        .noneMatch(command -> command instanceof Command.Still);
  }

  @Test
  void endsTheSlidesOfThisProgramAfterThreeOfItsKind() {
    crash(3);
    for (int number = 4; number < 6; number++) {
      show(number);
      crash(1);
    }
    show(6);
    assertThat(program.told()).noneMatch(command -> command instanceof Command.Still);

    program.composition().removeSource(SLIDES);
    program.composition().putSource(SOURCE);
    show(7);
    assertThat(program.told()).noneMatch(command -> command instanceof Command.Still);
  }

  private static boolean isStroke(Command command) {
    return command instanceof Command.Ink ink && ink.change() instanceof InkChange.Grown;
  }
}
