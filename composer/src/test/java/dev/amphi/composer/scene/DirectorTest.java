package dev.amphi.composer.scene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.composer.api.Arrangement;
import dev.amphi.composer.api.Slate;
import dev.amphi.composer.api.SourceSpec;
import dev.amphi.composer.layout.Canvas;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DirectorTest {
  private static final long SECOND = 1_000_000_000L;

  private final Director director = new Director(new Canvas(1280, 720), "Optics");

  private static SourceSpec source(
      String id, String participant, String name, String role, SourceSpec.Kind kind) {
    SourceSpec.Codec codec =
        kind == SourceSpec.Kind.MICROPHONE ? SourceSpec.Codec.OPUS : SourceSpec.Codec.VP8;
    return new SourceSpec(id, participant, name, role, kind, codec);
  }

  private void join(String id, String name, String role) {
    director.put(source(id + "-mic", id, name, role, SourceSpec.Kind.MICROPHONE));
    director.put(source(id + "-cam", id, name, role, SourceSpec.Kind.CAMERA));
  }

  private void layout(String layout, String spotlight) {
    director.arrange(new Arrangement(layout, spotlight, Set.of()));
  }

  private Scene scene(long nowNanos) {
    return director.scene(nowNanos, id -> true);
  }

  private static Content first(Scene scene) {
    return scene.tiles().get(0).content();
  }

  @Test
  void showsASlateBeforeAnybodyIsThere() {
    assertThat(first(scene(0))).isEqualTo(new Content.Slate("Optics", "We will begin shortly"));
  }

  @Test
  void showsAnotherSlateWhenEverybodyHasGone() {
    join("ada", "Ada Byron", "instructor");
    director.remove("ada-mic");
    director.remove("ada-cam");
    director.slate(Slate.of(Slate.Kind.RIGHT_BACK));
    assertThat(first(scene(0))).isEqualTo(new Content.Slate("Optics", "We will be right back"));
  }

  @Test
  void letsTheInstructorLeadEvenIfSheJoinsLast() {
    join("bob", "Bob", "student");
    join("ada", "Ada Byron", "instructor");
    assertThat(first(scene(0))).isEqualTo(new Content.Video("ada-cam", false));
    assertThat(scene(0).tiles()).hasSize(2);
  }

  @Test
  void showsInitialsWhileACameraHasNothingToShow() {
    join("ada", "Ada Augusta Byron", "instructor");
    Scene scene = director.scene(0, Set.of()::contains);
    assertThat(first(scene))
        .isInstanceOfSatisfying(
            Content.Initials.class, card -> assertThat(card.text()).isEqualTo("AB"));
    assertThat(words(scene.tiles().get(0))).isEqualTo("Ada Augusta Byron / Teacher");
  }

  @Test
  void makesInitialsFromAnyName() {
    join("x", "  «дмитрий» ", "student");
    join("y", "\u0000%{pts}", "student");
    join("z", "<>&'", "student");
    assertThat(director.scene(0, Set.of()::contains).tiles())
        .extracting(tile -> ((Content.Initials) tile.content()).text())
        .containsExactly("Д", "P", "?");
  }

  @Test
  void followsAVoiceOnlyAfterTwoSecondsAndFourSecondsApart() {
    join("ada", "Ada", "instructor");
    join("bob", "Bob", "student");
    director.loudest("bob", 0);
    assertThat(first(scene(SECOND))).isEqualTo(new Content.Video("ada-cam", false));
    assertThat(first(scene(2 * SECOND))).isEqualTo(new Content.Video("bob-cam", false));
    director.loudest("ada", 2 * SECOND);
    assertThat(first(scene(5 * SECOND))).isEqualTo(new Content.Video("bob-cam", false));
    assertThat(first(scene(6 * SECOND))).isEqualTo(new Content.Video("ada-cam", false));
  }

  @Test
  void letsTheSpotlightBeatTheVoice() {
    join("ada", "Ada", "instructor");
    join("bob", "Bob", "student");
    join("cyd", "Cyd", "student");
    director.loudest("bob", 0);
    layout("speaker", "cyd");
    assertThat(first(scene(3 * SECOND))).isEqualTo(new Content.Video("cyd-cam", false));
    layout("speaker", "");
    assertThat(first(scene(3 * SECOND))).isEqualTo(new Content.Video("bob-cam", false));
  }

  @Test
  void putsAShareBelowThePeopleWhenItHasAPicture() {
    join("ada", "Ada", "instructor");
    director.put(source("ada-scr", "ada", "Ada", "instructor", SourceSpec.Kind.SCREEN));
    layout("presentation_pip", "");
    assertThat(scene(0).tiles())
        .extracting(Tile::content)
        .containsExactly(new Content.Video("ada-scr", true), new Content.Video("ada-cam", false));
    assertThat(director.scene(0, Set.of("ada-cam")::contains).tiles()).hasSize(1);
  }

  @Test
  void keepsTheLayoutWhenANameIsUnknown() {
    join("ada", "Ada", "instructor");
    join("bob", "Bob", "student");
    layout("grid", "");
    Scene grid = scene(0);
    layout("cube", "");
    assertThat(scene(0)).isEqualTo(grid);
  }

  private static String words(Tile tile) {
    return tile.label().map(l -> l.text() + (l.isLowerThird() ? " / " + l.role() : "")).orElse("");
  }

  private void assertWords(long nowNanos, String... words) {
    assertThat(scene(nowNanos).tiles()).extracting(DirectorTest::words).containsExactly(words);
  }

  @Test
  void tellsWhoComesForSixSecondsInTheirOwnTiles() {
    join("ada", "Ada Byron", "instructor");
    join("bob", "Bob", "student");
    assertWords(0, "Ada Byron / Teacher", "Bob / Student");
    join("cyd", "Cyd", "moderator");
    assertWords(3 * SECOND, "Ada Byron / Teacher", "Bob / Student", "Cyd / Moderator");
    assertWords(6 * SECOND, "Ada Byron", "Bob", "Cyd / Moderator");
    assertWords(9 * SECOND, "Ada Byron", "Bob", "Cyd");
  }

  @Test
  void tellsNobodyTwiceWhoIsBackAfterABreak() {
    join("ada", "Ada", "instructor");
    join("bob", "Bob", "viewer");
    assertWords(0, "Ada / Teacher", "Bob / Guest");
    director.remove("bob-mic");
    director.remove("bob-cam");
    assertWords(7 * SECOND, "Ada");
    join("bob", "Bob", "viewer");
    assertWords(50 * SECOND, "Ada", "Bob");
    director.remove("bob-mic");
    director.remove("bob-cam");
    assertWords(51 * SECOND, "Ada");
    assertWords(112 * SECOND, "Ada");
    join("bob", "Bob", "viewer");
    assertWords(113 * SECOND, "Ada", "Bob / Guest");
  }

  @Test
  void tellsThoseWithoutATileOneAfterTheOther() {
    join("ada", "Ada", "instructor");
    director.put(source("ada-scr", "ada", "Ada", "instructor", SourceSpec.Kind.SCREEN));
    layout("presentation", "");
    assertWords(0, "Ada / Teacher");
    join("bob", "Bob", "student");
    join("cyd", "Cyd", "student");
    assertWords(2 * SECOND, "Ada / Teacher");
    assertWords(6 * SECOND, "Bob / Student");
    assertWords(11 * SECOND, "Bob / Student");
    assertWords(12 * SECOND, "Cyd / Student");
    assertWords(18 * SECOND, "");
  }

  @Test
  void tellsNobodyWhoLeftBeforeTheirTurn() {
    join("ada", "Ada", "instructor");
    director.put(source("ada-scr", "ada", "Ada", "instructor", SourceSpec.Kind.SCREEN));
    layout("presentation", "");
    join("bob", "Bob", "student");
    assertWords(0, "Ada / Teacher");
    director.remove("bob-mic");
    director.remove("bob-cam");
    assertWords(6 * SECOND, "");
  }

  @Test
  void aNameOnTheWholeCanvasIsTitleSafe() {
    join("ada", "Ada", "instructor");
    assertThat(first(scene(0))).isInstanceOf(Content.Video.class);
    Label band = scene(6 * SECOND).tiles().get(0).label().orElseThrow();
    assertThat(band).isEqualTo(new Label("Ada", "", 64, 36, 40, 1152, Tile.OPAQUE));
  }

  @Test
  void showsNoTileOfWhoIsHiddenButTheirShare() {
    join("ada", "Ada", "instructor");
    join("bob", "Bob", "student");
    director.put(source("ada-scr", "ada", "Ada", "instructor", SourceSpec.Kind.SCREEN));
    director.loudest("ada", 0);
    director.arrange(new Arrangement("presentation_pip", "ada", Set.of("ada", "gone")));
    assertThat(scene(9 * SECOND).tiles())
        .extracting(Tile::content)
        .containsExactly(new Content.Video("ada-scr", true), new Content.Video("bob-cam", false));
    director.remove("ada-scr");
    director.arrange(new Arrangement("speaker", "ada", Set.of("ada")));
    assertThat(scene(9 * SECOND).tiles())
        .extracting(Tile::content)
        .containsExactly(new Content.Video("bob-cam", false));
    director.arrange(new Arrangement("speaker", "ada", Set.of()));
    assertThat(first(scene(9 * SECOND))).isEqualTo(new Content.Video("ada-cam", false));
  }

  @Test
  void showsTheSlateWhenAllAreHidden() {
    join("ada", "Ada", "instructor");
    director.arrange(new Arrangement("auto", "", Set.of("ada")));
    assertThat(first(scene(0))).isInstanceOf(Content.Slate.class);
  }

  @Test
  void notesEachSceneOnceAndNotItsWords() {
    assertThat(note(0, 0)).isEqualTo("[SLATE of  0,0 1280×720]");
    join("ada", "Ada", "instructor");
    director.put(source("ada-scr", "ada", "Ada", "instructor", SourceSpec.Kind.SCREEN));
    assertThat(note(1, 3_000)).as("too soon").isEmpty();
    assertThat(note(1, 18_000))
        .isEqualTo("presentation_pip[SHARE of ada 0,0 1280×720, CAMERA of ada 1056,588 208×116]");
    assertThat(note(2, 36_000)).isEmpty();
    assertThat(note(8, 90_000)).as("without the lower third").isEmpty();
    director.arrange(new Arrangement("presentation", "", Set.of("ada")));
    assertThat(note(9, 110_000)).isEqualTo("presentation[SHARE of ada 0,0 1280×720]");
  }

  private String note(long second, long ticks) {
    director.shown(second * SECOND, id -> true);
    return director
        .news(ticks)
        .map(
            scene ->
                scene.layout()
                    + scene.tiles().stream()
                        .map(
                            t ->
                                "%s of %s %d,%d %d×%d"
                                    .formatted(
                                        t.kind(),
                                        t.participantId(),
                                        t.x(),
                                        t.y(),
                                        t.width(),
                                        t.height()))
                        .toList())
        .orElse("");
  }
}
