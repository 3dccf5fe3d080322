package dev.amphi.composer.scene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.composer.api.Corner;
import dev.amphi.composer.api.Slate;
import dev.amphi.composer.api.SourceSpec;
import dev.amphi.composer.layout.Canvas;
import dev.amphi.composer.layout.Rect;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Where a mark of 150×60 stands at 1280×720. */
class CornerMarkTest {
  private static final Canvas HD = new Canvas(1280, 720);
  private static final long SECOND = 1_000_000_000L;

  private static Director director(Corner corner, int people, String layout) {
    Director director =
        new Director(
            HD, "Optics", new Look(Optional.of(new CornerMark(corner, 150, 60)), Words.ENGLISH));
    for (int i = 0; i < people; i++) {
      director.put(source("c" + i, "p" + i, SourceSpec.Kind.CAMERA));
    }
    if (layout.startsWith("presentation")) {
      director.put(source("s", "p0", SourceSpec.Kind.SCREEN));
    }
    director.layout(layout, "");
    return director;
  }

  private static SourceSpec source(String id, String who, SourceSpec.Kind kind) {
    return new SourceSpec(id, who, "Ada Byron", "student", kind, SourceSpec.Codec.VP8);
  }

  private static Optional<Rect> mark(Scene scene) {
    return scene.tiles().stream()
        .filter(tile -> tile.content() instanceof Content.Mark)
        .map(Tile::rect)
        .findFirst();
  }

  private static String words(Optional<Rect> rect) {
    return rect.map(r -> r.x() + "," + r.y()).orElse("none");
  }

  @ParameterizedTest
  @CsvSource({
    "TOP_RIGHT, 1, speaker, '1066,36'",
    "TOP_LEFT, 1, speaker, '64,36'",
    "BOTTOM_RIGHT, 1, speaker, '1066,36'", // the name's band may be as wide as the picture
    "BOTTOM_LEFT, 1, speaker, '64,36'",
    "TOP_RIGHT, 3, speaker, '1066,36'", // on the ground above the strip
    "TOP_LEFT, 3, speaker, '64,100'", // in the leader's tile
    "BOTTOM_RIGHT, 3, speaker, '1066,624'",
    "TOP_RIGHT, 5, speaker, '64,100'", // the strip is full
    "TOP_RIGHT, 2, side_by_side, '1066,36'",
    "TOP_LEFT, 4, side_by_side, '64,84'",
    "TOP_RIGHT, 4, grid, '1066,36'",
    "TOP_RIGHT, 9, grid, none", // it would hide a small tile
    "TOP_RIGHT, 1, presentation, none",
    "TOP_RIGHT, 2, presentation_pip, none",
    "TOP_RIGHT, 2, presentation_side, '1066,36'", // on the ground above the strip
    "TOP_LEFT, 3, presentation_side, '1066,36'",
    "TOP_LEFT, 4, presentation_side, none"
  })
  void standsWhereTheLayoutLeavesRoom(Corner corner, int people, String layout, String place) {
    Director director = director(corner, people, layout);
    director.scene(0, source -> true);
    assertThat(words(mark(director.scene(60 * SECOND, source -> true)))).isEqualTo(place);
  }

  /** Whoever is there, however it is laid out, also while people are told by name. */
  @ParameterizedTest
  @EnumSource(Corner.class)
  void isTitleSafeAndOverNoShareAndNoName(Corner corner) {
    for (String layout :
        List.of("speaker", "grid", "side_by_side", "presentation_pip", "presentation_side")) {
      for (int people = 1; people < 12; people++) {
        Director director = director(corner, people, layout);
        for (long now = 0; now < 20; now++) {
          Scene scene = director.scene(now * SECOND, source -> true);
          mark(scene).ifPresent(place -> assertClear(scene, place));
        }
      }
    }
  }

  private static void assertClear(Scene scene, Rect place) {
    assertThat(HD.titleSafe().contains(place)).isTrue();
    for (Tile tile : scene.tiles()) {
      if (tile.content() instanceof Content.Video video && tile.rect().overlaps(place)) {
        assertThat(video.contain()).isFalse();
        assertThat(tile.rect().contains(place)).isTrue();
        assertThat(tile.label().filter(l -> l.place(tile.rect()).overlaps(place))).isEmpty();
      }
    }
  }

  @Test
  void isOnNoSlateWhichHasTheLogoAnyway() {
    Director director = director(Corner.TOP_RIGHT, 0, "speaker");
    director.slate(Slate.of(Slate.Kind.BREAK));
    assertThat(mark(director.scene(0, source -> true))).isEmpty();
  }

  @Test
  void fadesFromOnePlaceToAnother() {
    Director director = director(Corner.TOP_LEFT, 1, "speaker");
    director.shown(0, source -> true);
    director.put(source("c1", "p1", SourceSpec.Kind.CAMERA));
    director.shown(SECOND, source -> true);
    Scene half = director.shown(SECOND + Transition.NANOS / 2, source -> true);
    assertThat(half.tiles())
        .filteredOn(tile -> tile.content() instanceof Content.Mark)
        .extracting(tile -> tile.rect().y() + " " + tile.opacity())
        .containsExactlyInAnyOrder("36 128", "100 128");
  }

  @Test
  void isNotInTheTimeline() {
    Director director = director(Corner.TOP_RIGHT, 1, "speaker");
    director.shown(0, source -> true);
    assertThat(director.news(0).orElseThrow().tiles()).hasSize(1);
  }
}
