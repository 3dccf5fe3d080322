package dev.amphi.composer.composition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.amphi.composer.api.Arrangement;
import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.Shed;
import dev.amphi.composer.api.SourceSpec;
import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.lettering.Java2dLettering;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A program on a machine that has too little time for it. */
class LateProgramTest extends VirtualProgram {
  /** Three are with each encoder, and then it stands still while the sound goes on. */
  @Test
  void anEncoderThatStandsStillHoldsUpNeitherTheSoundNorAfterwardsThePicture()
      throws InterruptedException {
    List<Runnable> waiting = new ArrayList<>();
    Recorded slow = new Recorded();
    Program held =
        new Program(
            SPEC, stage, codecs, new Java2dLettering(), slow, 0, id -> waiting::add, () -> 0);
    for (long now = 0; now < 1_000 * MS; now += 10 * MS) {
      held.run(now);
    }
    assertThat(waiting).as("three pictures in two renditions, and a small one").hasSize(7);
    assertThat(slow.of(CompositionSpec.AUDIO)).hasSizeGreaterThan(43);
    for (long now = 1_000 * MS; now < 2_000 * MS; now += 10 * MS) {
      waiting.forEach(Runnable::run);
      waiting.clear();
      held.run(now);
    }
    waiting.forEach(Runnable::run);
    waiting.clear();
    for (String rendition : List.of("720p", "360p")) {
      assertTimeline(slow.of(rendition), 60);
      assertThat(slow.of(rendition))
          .as("one picture for each part that was missed")
          .anySatisfy(sample -> assertThat(sample.duration()).isEqualTo(24_000))
          .hasSizeLessThan(45);
    }
    Thread closing = Thread.ofPlatform().start(() -> waiting.forEach(Runnable::run));
    closing.join();
  }

  /** A second late at each look: one thing after the other goes, and all of it plays on. */
  @Test
  void givesUpInOrderWithoutABreakInTheTimeline() throws InterruptedException {
    camera("ada");
    camera("bob");
    stage.arrange(new Arrangement("grid", "", Set.of()));
    for (int i = 0; i < 300; i++) {
      see("ada", 640, 360, 170, 90, 200);
      see("bob", 320, 240, 90, 190, 100);
      nowNanos += 33_333_333;
      program.run(Math.max(0, nowNanos - 20 * MS));
      if (i > 30) {
        program.run(nowNanos); // keeps up, but
        nowNanos += 200 * MS; // is late each time
      }
    }
    program.close();
    assertThat(recorded.sheds)
        .startsWith(Shed.NOTHING)
        .containsSubsequence(Shed.FRAME_RATE, Shed.PRESET, Shed.RESOLUTION, Shed.STUDENT_VIDEO);
    int frames = (int) (nowNanos * 3 / 100_000_000);
    assertThat(frames).isGreaterThan(1_000);
    for (String rendition : List.of("720p", "360p")) {
      List<Sample> samples = recorded.of(rendition);
      assertTimeline(samples, (int) (samples.getLast().time() / 3_000) + 1);
    }
    Picture last = decode("360p").getLast();
    assertColour(last, 161, 142, 170, 90, 200); // the teacher
    assertThat(last.plane(0).get(142 * last.stride(0) + 440) & 0xff).isNotCloseTo(90, within(6));
  }

  @Test
  void aMachineThatIsTooSlowLeavesNobodyBlackOrSilent() throws InterruptedException {
    camera("ada");
    stage.put(source("ada", SourceSpec.Kind.MICROPHONE));
    for (int i = 0; i < 60; i++) { // 22.5 s pass, and 16 of the program are made
      for (int j = 0; j < 12; j++) {
        nowNanos += 31_250_000;
        see("ada", 320, 180, 200, 90, 160);
        hear("ada", 440);
      }
      program.run(nowNanos);
    }
    program.close();
    float[] sound = decodeSound();
    int last = sound.length - 48_000;
    assertThat(tone(sound, last, 2_400, 440)).isBetween(LEAST, MOST);
    List<Picture> pictures = decode("720p");
    assertColour(pictures.getLast(), 640, 300, 200, 90, 160);
  }

  /** No hole, no overlap, an IDR at each segment's start only, no picture over a part's end. */
  private static void assertTimeline(List<Sample> samples, int frames) {
    long next = 0;
    for (Sample sample : samples) {
      assertThat(sample.time()).isEqualTo(next);
      assertThat(sample.sync()).as("IDR at %d", next).isEqualTo(next % 144_000 == 0);
      next += sample.duration();
      assertThat(sample.time() / 24_000).as("part").isEqualTo((next - 1) / 24_000);
    }
    assertThat(next).isBetween((frames - 8) * 3_000L, (frames + 8) * 3_000L);
  }
}
