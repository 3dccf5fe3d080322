package dev.amphi.composer.scene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.composer.layout.Canvas;
import dev.amphi.composer.layout.Rect;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How words come and go on a tile that stands. */
class WordingTest {
  private static final long MS = 1_000_000L;
  private static final long FRAME = 33_333_333L;
  private static final Canvas HD = new Canvas(1280, 720);
  private static final Label THIRD = new Label("Ada", "Teacher", 64, 36, 90, 1152, Tile.OPAQUE);
  private static final Label BAND = new Label("Ada", "", 64, 36, 40, 1152, Tile.OPAQUE);

  private static Scene says(Label label) {
    Content camera = new Content.Video("c", false);
    return new Scene(HD, List.of(new Tile("a", HD.whole(), camera, Optional.of(label))));
  }

  /** What is on the tile at that instant, when that is wanted. */
  private static Label seen(Motion motion, Label wanted, long millis) {
    return label(motion.at(says(wanted), millis * MS));
  }

  private static Label label(Scene scene) {
    return scene.tiles().stream()
        .filter(tile -> tile.id().equals("a"))
        .findFirst()
        .flatMap(Tile::label)
        .orElseThrow();
  }

  private static Motion withBand() {
    Motion motion = new Motion();
    motion.at(says(BAND), 0);
    return motion;
  }

  /** The band is gone after 200 ms, the lower third is there after 500 more. */
  @ParameterizedTest
  @CsvSource({
    "0, '', 255",
    "100, '', 128",
    "200, Teacher, 0",
    "250, Teacher, 69",
    "325, Teacher, 147",
    "450, Teacher, 223",
    "600, Teacher, 253",
    "700, Teacher, 255",
    "9000, Teacher, 255"
  })
  void aLowerThirdComesFastAndComesToRest(long millis, String role, int presence) {
    Motion motion = withBand();
    seen(motion, THIRD, 0);
    Label label = seen(motion, THIRD, millis);
    assertThat(label.role()).isEqualTo(role);
    assertThat(label.presence()).isEqualTo(presence);
  }

  @ParameterizedTest
  @CsvSource({
    "0, Teacher, 255",
    "100, Teacher, 249",
    "250, Teacher, 162",
    "340, Teacher, 21",
    "350, '', 0",
    "450, '', 128",
    "550, '', 255"
  })
  void itGoesSlowlyAtFirstAndTheBandFollows(long millis, String role, int presence) {
    Motion motion = new Motion();
    motion.at(says(THIRD), 0);
    seen(motion, BAND, 1_000);
    Label label = seen(motion, BAND, 1_000 + millis);
    assertThat(label.role()).isEqualTo(role);
    assertThat(label.presence()).isEqualTo(presence);
  }

  @Test
  void whatIsTakenBackOnItsWayComesFromWhereItIs() {
    Motion motion = new Motion();
    motion.at(says(THIRD), 0);
    seen(motion, BAND, 1_000);
    int gone = seen(motion, BAND, 1_300).presence();
    assertThat(gone).isBetween(90, 100);
    assertThat(seen(motion, THIRD, 1_300).presence()).isEqualTo(gone);
    assertThat(seen(motion, THIRD, 1_400).presence()).isGreaterThan(gone + 50);
  }

  @Test
  void whoComesOntoTheStageIsToldByWordsThatSlideInWithTheTile() {
    Motion motion = new Motion();
    Content slate = new Content.Slate("Optics", ".");
    motion.at(new Scene(HD, List.of(new Tile(HD.whole(), slate, Optional.empty()))), 0);
    assertThat(seen(motion, THIRD, 100).presence()).isZero();
    assertThat(seen(motion, THIRD, 250).presence()).isBetween(140, 200);
    assertThat(seen(motion, THIRD, 600)).isEqualTo(THIRD);
  }

  @Test
  void whileOnlyWordsMoveTheSceneStands() {
    Motion motion = withBand();
    seen(motion, THIRD, 0);
    Scene now = motion.at(says(THIRD), 300 * MS);
    assertThat(now.moving()).isFalse();
    assertThat(now.standsAs(says(BAND))).isTrue();
    assertThat(now).isNotEqualTo(says(THIRD));
    assertThat(motion.at(says(THIRD), 1_000 * MS)).isEqualTo(says(THIRD));
  }

  @Test
  void underLoadWordsAreThereAtOnce() {
    Motion motion = withBand();
    motion.cuts(true);
    assertThat(seen(motion, THIRD, 33)).isEqualTo(THIRD);
  }

  /** Whatever is wanted when: from picture to picture it is never far. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void noWordEverJumps(long seed) {
    Random random = new Random(seed);
    Label other = new Label("Bob", "Student", 64, 36, 90, 1152, Tile.OPAQUE);
    List<Label> all = List.of(THIRD, BAND, other);
    Motion motion = withBand();
    Label wanted = BAND;
    Label before = BAND;
    for (int frame = 1; frame < 2_000; frame++) {
      wanted = random.nextInt(9) == 0 ? all.get(random.nextInt(3)) : wanted;
      Label now = label(motion.at(says(wanted), frame * FRAME));
      boolean same = now.whole().equals(before.whole());
      int way = same ? Math.abs(now.presence() - before.presence()) : now.presence();
      // The cubic's steepest frame is a quarter of the way, and in it the next words may begin.
      assertThat(way).as("seed %d, frame %d", seed, frame).isLessThan(85);
      assertThat(same || before.presence() < 85).as("seed %d, frame %d", seed, frame).isTrue();
      before = now;
    }
  }

  @Test
  void itsPlaceIsInsideTheTitleSafeArea() {
    for (Rect tile : List.of(HD.whole(), new Rect(8, 72, 1024, 576), new Rect(8, 124, 628, 470))) {
      Label label = new Names(HD).lowerThird("Ada", "Teacher", tile).orElseThrow();
      assertThat(HD.titleSafe().contains(label.place(tile))).isTrue();
    }
  }
}
