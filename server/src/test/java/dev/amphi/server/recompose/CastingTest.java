package dev.amphi.server.recompose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.packager.api.TrackComposer.Show;
import dev.amphi.packager.api.TrackComposer.Track;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is seen and heard in what is composed again, and why it may be refused. */
class CastingTest {
  private static final Track HER_CAMERA = track(1, "ada", "instructor", "camera", 0, 60_000, 640);
  private static final Track HER_VOICE = track(2, "ada", "instructor", "microphone", 0, 60_000, 0);
  private static final Track HIS_CAMERA = track(3, "ben", "student", "camera", 0, 90_000, 1920);
  private static final Track HIS_VOICE = track(4, "ben", "student", "microphone", 0, 90_000, 0);
  private static final Track SHARE = track(5, "ben", "student", "screen", 0, 9_000, 1920);
  private static final Track ITS_SOUND = track(6, "ben", "student", "screen_audio", 0, 9_000, 0);
  private static final Track GUEST = track(7, "eve", "instructor", "microphone", 0, 9_000, 0);
  private static final List<Track> ALL =
      List.of(HER_CAMERA, HER_VOICE, HIS_CAMERA, HIS_VOICE, SHARE, ITS_SOUND, GUEST);

  private static Track track(
      int number, String id, String role, String kind, long startMs, long endMs, int width) {
    String codec = kind.equals("camera") || kind.equals("screen") ? "vp8" : "opus";
    return new Track(number, id, id, role, kind, codec, startMs, endMs, width);
  }

  @Test
  void slidesAreTheSharesWithAllVoices() {
    Casting casting = new Casting(Show.SLIDES);
    assertThat(casting.cast(ALL)).containsExactly(HER_VOICE, HIS_VOICE, SHARE, ITS_SOUND, GUEST);
    assertThat(casting.lead(ALL)).isEmpty();
    assertThat(casting.rendition(ALL)).isEqualTo("1080p");
  }

  @Test
  void theTeacherIsWhoTaughtLongestWithAllVoices() {
    Casting casting = new Casting(Show.TEACHER);
    assertThat(casting.cast(ALL))
        .containsExactly(HER_CAMERA, HER_VOICE, HIS_VOICE, ITS_SOUND, GUEST);
    assertThat(casting.lead(ALL)).hasValueSatisfying(it -> assertThat(it.name()).isEqualTo("ada"));
    assertThat(casting.rendition(ALL)).as("his camera is not in it").isEqualTo("720p");
  }

  @Test
  void whatHasNothingOfItIsRefusedInWords() {
    assertThat(new Casting(Show.SLIDES).refusal(ALL)).isEmpty();
    assertThat(new Casting(Show.SLIDES).refusal(List.of(HER_CAMERA)))
        .hasValueSatisfying(why -> assertThat(why).contains("Nobody shared a screen"));
    assertThat(new Casting(Show.TEACHER).refusal(ALL)).isEmpty();
    Track nameless = track(1, "ada", "", "camera", 0, 60_000, 640);
    assertThat(new Casting(Show.TEACHER).refusal(List.of(nameless, SHARE)))
        .hasValueSatisfying(why -> assertThat(why).contains("earlier versions"));
  }
}
