package dev.amphi.composer.scene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.composer.layout.Canvas;
import dev.amphi.composer.layout.Layout;
import dev.amphi.composer.layout.Member;
import dev.amphi.composer.layout.Place;
import dev.amphi.composer.layout.Rect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransitionTest {
  private static final Canvas HD = new Canvas(1280, 720);
  private static final Rect WHOLE = new Rect(0, 0, 1280, 720);
  private static final long FRAME = 33_333_333L;
  private static final Scene SLATE =
      new Scene(HD, List.of(new Tile("", WHOLE, new Content.Slate("Optics", "."), none())));

  private static Optional<Label> none() {
    return Optional.empty();
  }

  private static Tile video(String id, Rect rect) {
    return new Tile(id, rect, new Content.Video(id, false), none());
  }

  private static Scene scene(Tile... tiles) {
    return new Scene(HD, List.of(tiles));
  }

  /** A layout with those people, {@code s} being a share. */
  private static Scene scene(String layout, String people) {
    List<Member> members =
        Stream.of(people.split("")).map(p -> new Member(p, p.equals("s"))).toList();
    List<Tile> tiles = new ArrayList<>();
    for (Place place : Layout.named(layout).orElseThrow().arrange(HD, members, "")) {
      Member member = place.member();
      Label label = new Label(member.id(), 20, place.rect().width());
      Content content = new Content.Video(member.id(), member.share());
      tiles.add(new Tile(member.id(), place.rect(), content, Optional.of(label)));
    }
    return new Scene(HD, tiles);
  }

  private static Tile tile(Scene scene, String id) {
    return scene.tiles().stream().filter(t -> t.id().equals(id)).findFirst().orElseThrow();
  }

  @Test
  void beginsAndEndsWhereTheScenesSay() {
    Scene from = scene("speaker", "ab");
    Scene to = scene("grid", "abc");
    Transition transition = new Transition(from, to, 0);
    assertThat(tile(transition.at(0), "a").rect()).isEqualTo(tile(from, "a").rect());
    assertThat(tile(transition.at(0), "c").opacity()).isZero();
    assertThat(transition.at(Transition.NANOS)).isEqualTo(to);
    assertThat(transition.at(10 * Transition.NANOS)).isSameAs(to);
  }

  /** In twelfths of the whole: where a tile's left edge is on its way from 0 to 120. */
  @ParameterizedTest
  @CsvSource({"0, 0", "1, 2", "3, 18", "6, 60", "9, 102", "11, 118", "12, 120"})
  void startsAndEndsGently(int twelfths, int x) {
    Scene from = scene(video("a", new Rect(0, 0, 640, 360)));
    Scene to = scene(video("a", new Rect(120, 0, 640, 360)));
    Scene now = new Transition(from, to, 0).at(Transition.NANOS * twelfths / 12);
    assertThat(tile(now, "a").rect().x()).isEqualTo(x);
  }

  /** Opacities of what goes and what comes, in the middle. */
  @Test
  void fadesInWhatComesAndOutWhatGoes() {
    Scene from = scene(video("a", new Rect(0, 0, 640, 360)));
    Scene to = scene(video("b", new Rect(640, 0, 640, 360)));
    Scene half = new Transition(from, to, 0).at(Transition.NANOS / 2);
    assertThat(half.moving()).isTrue();
    assertThat(half.tiles()).extracting(Tile::id).containsExactly("a", "b");
    assertThat(half.tiles()).extracting(Tile::opacity).containsExactly(128, 128);
  }

  @Test
  void letsNoGroundShineThroughWhatIsCovered() {
    Scene to = scene(video("a", WHOLE));
    Scene half = new Transition(SLATE, to, 0).at(Transition.NANOS / 2);
    assertThat(half.tiles()).extracting(Tile::opacity).containsExactly(Tile.OPAQUE, 128);
  }

  @Test
  void aCameraThatGoesOffDissolvesIntoTheInitialsOnItsWay() {
    Scene from = scene(video("a", WHOLE));
    Rect small = new Rect(8, 184, 628, 352);
    Tile card = new Tile("a", small, new Content.Initials("A", 0), none());
    Scene half = new Transition(from, scene(card), 0).at(Transition.NANOS / 2);
    assertThat(half.tiles()).extracting(Tile::opacity).containsExactly(Tile.OPAQUE, 128);
    assertThat(half.tiles()).extracting(Tile::rect).containsOnly(new Rect(4, 92, 954, 536));
  }

  @Test
  void peopleAboveAShareFadeAboveIt() {
    Scene half =
        new Transition(scene("presentation_pip", "abs"), scene("presentation", "abs"), 0)
            .at(Transition.NANOS / 2);
    assertThat(half.tiles()).extracting(Tile::id).containsExactly("s", "a", "b");
    assertThat(half.tiles()).extracting(Tile::opacity).containsExactly(Tile.OPAQUE, 128, 128);
  }

  @Test
  void wordsOfAnotherSizeFollowEachOther() {
    Motion motion = new Motion();
    Scene from = scene("speaker", "ab");
    Scene to = scene("grid", "ab");
    motion.at(from, 0);
    motion.at(to, FRAME);
    int before = tile(from, "a").label().orElseThrow().maxWidth();
    int after = tile(to, "a").label().orElseThrow().maxWidth();
    Scene quarter = motion.at(to, FRAME + Transition.NANOS / 4);
    Label early = tile(quarter, "a").label().orElseThrow();
    Label late = tile(motion.at(to, FRAME + Transition.NANOS * 3 / 4), "a").label().orElseThrow();
    assertThat(early.maxWidth()).isEqualTo(before);
    assertThat(late.maxWidth()).isEqualTo(after);
    assertThat(early.presence()).isBetween(100, 200);
    assertThat(late.presence()).isBetween(100, 200);
  }

  @Test
  void aCountdownOnASlateIsNoTransition() {
    Motion motion = new Motion();
    Scene later =
        new Scene(HD, List.of(new Tile("", WHOLE, new Content.Slate("Optics", ".."), none())));
    motion.at(SLATE, 0);
    assertThat(motion.at(later, FRAME)).isEqualTo(later);
  }

  @Test
  void underLoadScenesAreCut() {
    Motion motion = new Motion();
    motion.at(SLATE, 0);
    motion.cuts(true);
    Scene grid = scene("grid", "ab");
    assertThat(motion.at(grid, FRAME)).isEqualTo(grid);
    Scene speaker = scene("speaker", "ab");
    assertThat(motion.at(speaker, 2 * FRAME)).isEqualTo(speaker);
    motion.cuts(false);
    assertThat(motion.at(grid, 3 * FRAME).moving()).isTrue();
  }

  @Test
  void theLeadersChangeIsAMove() {
    Scene from = scene("speaker", "abc");
    List<Tile> swapped = new ArrayList<>(from.tiles());
    swapped.set(0, video("b", tile(from, "a").rect()));
    swapped.set(1, video("a", tile(from, "b").rect()));
    Scene half = new Transition(from, new Scene(HD, swapped), 0).at(Transition.NANOS / 2);
    assertThat(half.tiles()).hasSize(3).extracting(Tile::opacity).containsOnly(Tile.OPAQUE);
    assertThat(tile(half, "a").rect().width()).isEqualTo((1024 + 232) / 2);
    assertThat(tile(half, "c")).isEqualTo(tile(from, "c"));
  }

  /** Whatever happens, at whatever instant: nothing jumps, everything is even and inside. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void nothingEverJumps(long seed) {
    Random random = new Random(seed);
    List<String> layouts =
        List.of(
            "speaker",
            "grid",
            "side_by_side",
            "presentation_pip",
            "presentation_side",
            "presentation");
    Motion motion = new Motion();
    Scene wanted = SLATE;
    Scene before = motion.at(wanted, 0);
    for (int frame = 1; frame < 3_000; frame++) {
      if (random.nextInt(8) == 0) {
        String people =
            IntStream.range(0, 9)
                .filter(i -> random.nextInt(3) > 0)
                .mapToObj(i -> i == 8 ? "s" : "" + (char) ('a' + i))
                .reduce("", String::concat);
        wanted =
            people.isEmpty() ? SLATE : scene(layouts.get(random.nextInt(layouts.size())), people);
      }
      Scene now = motion.at(wanted, frame * FRAME);
      assertSound(now, seed);
      assertSteady(before, now, seed);
      before = now;
    }
    Scene settled = motion.at(wanted, 3_000 * FRAME + Transition.NANOS);
    assertThat(settled).isEqualTo(wanted);
  }

  private static void assertSound(Scene scene, long seed) {
    assertThat(scene.tiles().size()).as("seed %d", seed).isBetween(1, 30);
    for (Tile tile : scene.tiles()) {
      Rect r = tile.rect();
      assertThat(new int[] {r.x() % 2, r.y() % 2, r.width() % 2, r.height() % 2}).containsOnly(0);
      assertThat(r.x()).isNotNegative();
      assertThat(r.y()).isNotNegative();
      assertThat(r.x() + r.width()).isLessThanOrEqualTo(1280);
      assertThat(r.y() + r.height()).isLessThanOrEqualTo(720);
      assertThat(r.width()).isPositive();
      assertThat(r.height()).isPositive();
      assertThat(tile.opacity()).isBetween(0, Tile.OPAQUE);
    }
  }

  /** A frame is a twelfth of the way, and at most an eighth of it at the fastest. */
  private static void assertSteady(Scene before, Scene now, long seed) {
    List<Tile> seen = now.tiles().stream().filter(tile -> tile.opacity() > 0).toList();
    for (Tile tile : seen) {
      Optional<Tile> old = before.tiles().stream().filter(tile::shows).findFirst();
      int level = old.map(Tile::opacity).orElse(0);
      assertThat(Math.abs(tile.opacity() - level)).as("seed %d: %s", seed, tile).isLessThan(36);
      old.ifPresent(
          o -> {
            assertThat(Math.abs(tile.rect().x() - o.rect().x())).isLessThan(1280 / 8 + 4);
            assertThat(Math.abs(tile.rect().y() - o.rect().y())).isLessThan(720 / 8 + 4);
            assertThat(Math.abs(tile.rect().width() - o.rect().width())).isLessThan(164);
          });
    }
    for (Tile old : before.tiles()) {
      boolean gone = seen.stream().noneMatch(old::shows);
      if (gone && old.opacity() > 36) {
        int at = before.tiles().indexOf(old);
        assertThat(before.tiles().subList(at + 1, before.tiles().size()))
            .as("seed %d: %s is gone at once, so it was hidden", seed, old)
            .anyMatch(above -> above.opacity() > 219 && hides(above.rect(), old.rect()));
      }
    }
  }

  private static boolean hides(Rect a, Rect b) {
    return a.x() <= b.x()
        && a.y() <= b.y()
        && a.x() + a.width() >= b.x() + b.width()
        && a.y() + a.height() >= b.y() + b.height();
  }
}
