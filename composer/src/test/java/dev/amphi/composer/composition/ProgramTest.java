package dev.amphi.composer.composition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.amphi.composer.api.Arrangement;
import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.SourceSpec;
import dev.amphi.composer.codec.Picture;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What goes in as VP8 and Opus is looked for in the H.264 and AAC. */
class ProgramTest extends VirtualProgram {
  @Test
  void showsEachCameraWhereTheLayoutSaysInBothRenditions() throws InterruptedException {
    camera("ada");
    camera("bob");
    stage.arrange(new Arrangement("grid", "", Set.of()));
    run(
        40,
        () -> {
          see("ada", 640, 360, 170, 90, 200);
          see("bob", 320, 240, 90, 190, 100);
        });
    program.close();
    Picture large = decode("720p").get(39);
    assertColour(large, 8 + 314, 184 + 100, 170, 90, 200);
    assertColour(large, 644 + 314, 184 + 100, 90, 190, 100);
    assertColour(large, 640, 60, 30, 131, 127);
    Picture small = decode("360p").get(39);
    assertColour(small, 161, 142, 170, 90, 200);
    assertColour(small, 479, 142, 90, 190, 100);
  }

  @Test
  void cutsBothRenditionsAtTheSameInstantsWithSeventyFiveSoundFramesInEach()
      throws InterruptedException {
    run(150, () -> {});
    program.close();
    for (String rendition : List.of("720p", "360p")) {
      List<Sample> samples = recorded.of(rendition);
      assertThat(samples).hasSize(150);
      for (int i = 0; i < 150; i++) {
        assertThat(samples.get(i).time()).isEqualTo(i * 3_000L);
        assertThat(samples.get(i).duration()).isEqualTo(3_000);
        assertThat(samples.get(i).sync()).isEqualTo(i % 48 == 0);
      }
    }
    List<Sample> sound = recorded.of(CompositionSpec.AUDIO);
    assertThat(sound.size()).isBetween(234, 236);
    for (int i = 0; i < sound.size(); i++) {
      assertThat(sound.get(i).time()).isEqualTo(i * 1_024L);
      assertThat(sound.get(i).duration()).isEqualTo(1_024);
    }
  }

  @Test
  void whoIsTakenOutIsInNoPictureFromTheNextOnAndInNoSoundAfterAFade() throws InterruptedException {
    for (String name : List.of("ada", "bob")) {
      camera(name);
      stage.put(source(name, SourceSpec.Kind.MICROPHONE));
    }
    stage.layout("grid", "");
    Runnable everybody =
        () -> {
          see("ada", 640, 360, 170, 90, 200);
          see("bob", 320, 240, 90, 200, 90);
          hear("ada", 440);
          hear("bob", 1_000);
        };
    run(60, everybody);
    stage.remove("bob-CAMERA");
    stage.remove("bob-MICROPHONE");
    run(30, everybody); // His packets come on: nobody told the network.
    program.close();

    List<Picture> pictures = decode("720p");
    assertThat(samplesOf(pictures.get(59), 200, 90)).as("before").isGreaterThan(10_000);
    for (int i = 60; i < 90; i++) {
      assertThat(samplesOf(pictures.get(i), 200, 90)).as("picture %d", i).isZero();
    }
    float[] sound = decodeSound();
    int out = 60 * 1_600;
    assertThat(tone(sound, out - 9_600, 4_800, 1_000)).as("before").isBetween(LEAST, MOST);
    // A fade of 10 ms, what the limiter holds, and the coder's own delay and overlap.
    int silent = out + 480 + 480 + 3 * 1_024;
    assertThat(tone(sound, silent, 4_800, 1_000)).as("after").isLessThan(0.003);
    assertThat(tone(sound, silent, 4_800, 440)).isBetween(LEAST, MOST);
  }

  @Test
  void codesThePictureInAProfileThatEveryWebRtcEndpointDecodes() throws InterruptedException {
    run(2, () -> {});
    program.close();
    for (String rendition : List.of("720p", "360p")) {
      ByteBuffer config = recorded.config(rendition);
      assertThat(config.get(1)).as("profile_idc: baseline").isEqualTo((byte) 66);
      assertThat(config.get(2) & 0x40).as("constraint_set1_flag: constrained").isNotZero();
      assertThat(config.get(3) & 0xff).as("level 3.1 at most").isLessThanOrEqualTo(31);
    }
  }

  @Test
  void keepsLipsAndVoiceTogether() throws InterruptedException {
    reports = true;
    camera("ada");
    stage.put(source("ada", SourceSpec.Kind.MICROPHONE));
    run(
        90,
        () -> {
          boolean flash = nowNanos >= 2_000 * MS;
          see("ada", 640, 360, flash ? 220 : 40, 128, 128);
          hear("ada", flash ? 1_000 : 0);
        });
    program.close();
    List<Picture> pictures = decode("720p");
    int flashed = 0;
    while ((pictures.get(flashed).plane(0).get(100 * pictures.get(flashed).stride(0) + 100) & 0xff)
        < 128) {
      flashed++;
    }
    float[] sound = decodeSound();
    int beeped = 0;
    while (Math.abs(sound[beeped]) < 0.1) {
      beeped++;
    }
    assertThat(flashed / 30.0 - beeped / 48_000.0).isCloseTo(0, within(0.04));
  }

  @Test
  void goesOnWhileSourcesComeGoFreezeAndChangeTheirSize() throws InterruptedException {
    run(10, () -> {});
    camera("ada");
    run(20, () -> see("ada", 640, 360, 170, 90, 200));
    run(20, () -> see("ada", 320, 180, 60, 128, 128));
    run(110, () -> {}); // lost
    stage.remove("ada-CAMERA");
    run(20, () -> {});
    program.close();
    List<Picture> pictures = decode("720p");
    assertThat(pictures).hasSize(180);
    assertColour(pictures.get(28), 640, 200, 170, 90, 200);
    assertColour(pictures.get(48), 640, 200, 60, 128, 128);
    assertColour(pictures.get(120), 640, 200, 60, 128, 128);
    Picture card = pictures.get(158);
    assertThat(card.plane(0).get(20 * card.stride(0) + 20)).isNotEqualTo((byte) 60);
    Picture slate = pictures.get(179);
    assertColour(slate, 20, 20, 37, 132, 126);
  }

  /** How many samples of the colour planes have a colour. */
  private static int samplesOf(Picture picture, int cb, int cr) {
    int count = 0;
    for (int y = 0; y < picture.height() / 2; y++) {
      for (int x = 0; x < picture.width() / 2; x++) {
        int blue = picture.plane(1).get(y * picture.stride(1) + x) & 0xff;
        int red = picture.plane(2).get(y * picture.stride(2) + x) & 0xff;
        count += Math.abs(blue - cb) < 20 && Math.abs(red - cr) < 20 ? 1 : 0;
      }
    }
    return count;
  }
}
