package dev.amphi.composer.scene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.composer.api.SourceSpec;
import dev.amphi.composer.layout.Canvas;
import org.junit.jupiter.api.Test;

/** Whoever is taken out does not fade: nothing of them is on the way out. */
class WithdrawalTest {
  private static final long MS = 1_000_000L;

  private final Director director = new Director(new Canvas(1280, 720), "Optics");

  private static SourceSpec source(String who, SourceSpec.Kind kind) {
    SourceSpec.Codec codec =
        kind == SourceSpec.Kind.MICROPHONE ? SourceSpec.Codec.OPUS : SourceSpec.Codec.VP8;
    return new SourceSpec(who + "-" + kind, who, "Name of " + who, "student", kind, codec);
  }

  private Scene at(long millis) {
    return director.shown(millis * MS, id -> true);
  }

  private static boolean has(Scene scene, String who) {
    return scene.tiles().stream()
        .anyMatch(
            tile ->
                tile.id().startsWith(who)
                    || tile.label().toString().contains("Name of " + who)
                    || tile.content().toString().contains(who));
  }

  private void bothWithCameraMicrophoneAndScreen() {
    for (String who : new String[] {"ada", "bob"}) {
      director.put(source(who, SourceSpec.Kind.CAMERA));
      director.put(source(who, SourceSpec.Kind.MICROPHONE));
    }
    director.put(source("bob", SourceSpec.Kind.SCREEN));
    director.layout("presentation_side", "");
    assertThat(has(at(0), "bob")).isTrue();
    at(1_000);
  }

  private void takeOutBob() {
    director.remove("bob-CAMERA");
    director.remove("bob-MICROPHONE");
    director.remove("bob-SCREEN");
  }

  @Test
  void faceNameAndScreenAreGoneAtOnceWhileTheOthersMove() {
    bothWithCameraMicrophoneAndScreen();
    takeOutBob();
    for (int millis = 1_001; millis < 2_000; millis += 33) {
      assertThat(has(at(millis), "bob")).as("after %d ms", millis - 1_000).isFalse();
      assertThat(has(at(millis), "ada")).isTrue();
    }
  }

  @Test
  void alsoInTheMiddleOfAMove() {
    bothWithCameraMicrophoneAndScreen();
    director.layout("grid", "");
    at(1_100);
    assertThat(at(1_200).moving()).isTrue();
    takeOutBob();
    assertThat(has(at(1_233), "bob")).isFalse();
    assertThat(has(at(1_300), "bob")).isFalse();
  }

  @Test
  void whoIsToldInAnothersTileIsToldNoMore() {
    director.put(source("ada", SourceSpec.Kind.CAMERA));
    director.put(source("ada", SourceSpec.Kind.SCREEN));
    director.layout("presentation", "");
    at(0);
    at(20_000);
    director.put(source("bob", SourceSpec.Kind.CAMERA));
    at(20_033);
    assertThat(has(at(22_000), "bob")).as("told over the screen").isTrue();
    director.remove("bob-CAMERA");
    for (int millis = 22_033; millis < 23_000; millis += 33) {
      assertThat(has(at(millis), "bob")).as("at %d ms", millis).isFalse();
    }
  }

  @Test
  void aCameraThatIsTakenOutLeavesNoLastPictureWhileTheVoiceStays() {
    bothWithCameraMicrophoneAndScreen();
    director.layout("grid", "");
    at(2_000);
    at(3_000);
    director.remove("bob-CAMERA");
    assertThat(at(3_033).tiles())
        .noneMatch(tile -> tile.content().equals(new Content.Video("bob-CAMERA", false)));
  }
}
