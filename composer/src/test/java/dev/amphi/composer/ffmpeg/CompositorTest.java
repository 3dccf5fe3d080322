package dev.amphi.composer.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.codec.PlanarPicture;
import dev.amphi.composer.layout.Canvas;
import dev.amphi.composer.layout.Rect;
import dev.amphi.composer.lettering.Java2dLettering;
import dev.amphi.composer.scene.Compositor;
import dev.amphi.composer.scene.Content;
import dev.amphi.composer.scene.Label;
import dev.amphi.composer.scene.Scene;
import dev.amphi.composer.scene.Tile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CompositorTest {
  private static final Canvas CANVAS = new Canvas(640, 360);
  private static final Rect LEFT = new Rect(4, 90, 314, 176);
  private static final Rect RIGHT = new Rect(322, 90, 314, 176);

  private final Compositor compositor =
      new FfmpegCodecs().compositor(CANVAS, new Java2dLettering());
  private final Map<String, Picture> pictures = new HashMap<>();

  @AfterEach
  void close() {
    compositor.close();
  }

  private static PlanarPicture plain(int width, int height, int luma, int cb, int cr) {
    PlanarPicture picture = new PlanarPicture(width, height);
    picture.fill(0, 0, width, height, luma, cb, cr);
    return picture;
  }

  private static Tile video(Rect rect, String source, boolean contain) {
    return new Tile(rect, new Content.Video(source, contain), Optional.empty());
  }

  private Picture draw(Tile... tiles) {
    return compositor.draw(new Scene(CANVAS, List.of(tiles)), pictures::get);
  }

  private static int at(Picture picture, int plane, int x, int y) {
    int shift = plane == 0 ? 0 : 1;
    return picture.plane(plane).get((y >> shift) * picture.stride(plane) + (x >> shift)) & 0xff;
  }

  private static void assertColour(Picture picture, Rect rect, int luma, int cb, int cr) {
    int[] xs = {rect.x() + 2, rect.x() + rect.width() / 2, rect.x() + rect.width() - 3};
    int[] ys = {rect.y() + 2, rect.y() + rect.height() / 2, rect.y() + rect.height() - 3};
    for (int x : xs) {
      for (int y : ys) {
        assertThat(at(picture, 0, x, y)).isCloseTo(luma, within(2));
        assertThat(at(picture, 1, x, y)).isCloseTo(cb, within(2));
        assertThat(at(picture, 2, x, y)).isCloseTo(cr, within(2));
      }
    }
  }

  @Test
  void fillsEachTileAndNothingElse() {
    pictures.put("a", plain(640, 360, 200, 60, 90));
    pictures.put("b", plain(480, 480, 80, 200, 170));
    try (Picture drawn = draw(video(LEFT, "a", false), video(RIGHT, "b", false))) {
      assertColour(drawn, LEFT, 200, 60, 90);
      assertColour(drawn, RIGHT, 80, 200, 170);
      assertColour(drawn, new Rect(0, 0, 640, 88), 30, 131, 127);
      assertThat(at(drawn, 0, 319, 180)).isEqualTo(30); // the gap between them
      assertThat(at(drawn, 0, 320, 180)).isEqualTo(30);
    }
  }

  @Test
  void neverCropsAShare() {
    PlanarPicture share = plain(400, 400, 150, 128, 128);
    share.fill(0, 0, 400, 10, 235, 128, 128);
    share.fill(0, 390, 400, 10, 235, 128, 128);
    pictures.put("s", share);
    try (Picture drawn = draw(video(new Rect(0, 0, 640, 360), "s", true))) {
      assertColour(drawn, new Rect(150, 20, 340, 320), 150, 128, 128);
      assertColour(drawn, new Rect(0, 0, 138, 360), 30, 131, 127);
      assertColour(drawn, new Rect(502, 0, 138, 360), 30, 131, 127);
      assertThat(at(drawn, 0, 320, 3)).isCloseTo(235, within(3));
      assertThat(at(drawn, 0, 320, 356)).isCloseTo(235, within(3));
    }
  }

  @Test
  void showsATelephoneHeldUprightWholeOverABlurOfItself() {
    Rect whole = new Rect(0, 0, 640, 360);
    PlanarPicture upright = plain(180, 320, 200, 60, 90);
    upright.fill(0, 0, 180, 8, 235, 60, 90);
    pictures.put("p", upright);
    try (Picture drawn = draw(video(whole, "p", false))) {
      assertColour(drawn, new Rect(224, 20, 192, 320), 200, 60, 90);
      assertThat(at(drawn, 0, 320, 3)).as("its upper edge").isCloseTo(235, within(4));
      for (int x : new int[] {10, 100, 540, 630}) {
        assertThat(at(drawn, 0, x, 180)).as("darkened").isBetween(100, 130);
        assertThat(at(drawn, 1, x, 180)).as("of its colour").isCloseTo(60, within(3));
      }
    }
    pictures.put("p", plain(640, 360, 90, 128, 128));
    try (Picture turned = draw(video(whole, "p", false))) {
      assertColour(turned, whole, 90, 128, 128);
    }
  }

  @Test
  void followsASourceThatChangesItsShape() {
    Tile share = video(new Rect(0, 0, 640, 360), "s", true);
    pictures.put("s", plain(640, 360, 220, 128, 128));
    draw(share).close();
    pictures.put("s", plain(180, 360, 100, 128, 128));
    try (Picture drawn = draw(share)) {
      assertColour(drawn, new Rect(230, 0, 180, 360), 100, 128, 128);
      assertColour(drawn, new Rect(0, 0, 228, 360), 30, 131, 127);
    }
  }

  @Test
  void keepsWhatLiesAboveAPictureThatChanges() {
    Rect pip = new Rect(520, 290, 104, 58);
    pictures.put("s", plain(640, 360, 60, 128, 128));
    pictures.put("c", plain(640, 360, 190, 90, 90));
    Tile[] tiles = {video(new Rect(0, 0, 640, 360), "s", true), video(pip, "c", false)};
    draw(tiles).close();
    pictures.put("s", plain(640, 360, 120, 128, 128));
    try (Picture drawn = draw(tiles)) {
      assertColour(drawn, pip, 190, 90, 90);
      assertColour(drawn, new Rect(0, 0, 500, 280), 120, 128, 128);
    }
  }

  @Test
  void doesNotDarkenABandThatIsDrawnAgain() {
    Tile tile = new Tile(LEFT, new Content.Video("a", false), Optional.of(new Label("A", 20, 300)));
    int[] bands = new int[2];
    for (int i = 0; i < 2; i++) {
      pictures.put("a", plain(640, 360, 200, 128, 128));
      try (Picture drawn = draw(tile)) {
        bands[i] = at(drawn, 0, LEFT.x() + 2, LEFT.y() + LEFT.height() - 18);
      }
    }
    assertThat(bands[0]).isBetween(60, 100).isEqualTo(bands[1]);
  }

  @Test
  void blendsAFadeAndNothingBesideIt() {
    pictures.put("a", plain(640, 360, 200, 60, 90));
    pictures.put("b", plain(640, 360, 40, 200, 170));
    Rect odd = new Rect(100, 50, 310, 174); // no multiple of eight
    Tile below = new Tile("a", new Rect(0, 0, 640, 360), new Content.Video("a", false), none());
    for (int opacity : new int[] {0, 64, 128, 191, 255}) {
      Tile above = new Tile("b", odd, new Content.Video("b", false), none(), opacity);
      Scene scene = new Scene(CANVAS, List.of(below, above), true);
      for (int again = 0; again < 2; again++) { // drawn twice, it must not become thicker
        try (Picture drawn = compositor.draw(scene, pictures::get)) {
          assertColour(
              drawn, odd, mix(200, 40, opacity), mix(60, 200, opacity), mix(90, 170, opacity));
          assertColour(drawn, new Rect(0, 0, 98, 360), 200, 60, 90);
          assertColour(drawn, new Rect(412, 0, 228, 360), 200, 60, 90);
        }
      }
    }
  }

  private static Optional<Label> none() {
    return Optional.empty();
  }

  private static int mix(int below, int above, int opacity) {
    return below + (above - below) * opacity / 255;
  }

  @Test
  void fadesOutWhoHasNoPictureAnyMore() {
    Rect whole = new Rect(0, 0, 640, 360);
    pictures.put("a", plain(640, 360, 200, 60, 90));
    draw(new Tile("a", whole, new Content.Video("a", false), none())).close();
    pictures.clear();
    Tile going = new Tile("a", LEFT, new Content.Video("a", false), none(), 128);
    try (Picture drawn = compositor.draw(new Scene(CANVAS, List.of(going), true), pictures::get)) {
      assertColour(drawn, LEFT, mix(30, 200, 128), mix(131, 60, 128), mix(127, 90, 128));
      assertColour(drawn, new Rect(0, 0, 640, 88), 30, 131, 127);
    }
  }

  @Test
  void paintsWordsThatShrinkOnTheirWayNoLargerThanTheirPlace() {
    Content words = new Content.Initials("AB", 0x1F6FB2);
    draw(new Tile("a", new Rect(0, 0, 640, 360), words, none())).close();
    Tile onItsWay = new Tile("a", LEFT, words, none());
    try (Picture drawn =
        compositor.draw(new Scene(CANVAS, List.of(onItsWay), true), pictures::get)) {
      assertColour(drawn, new Rect(320, 0, 320, 360), 30, 131, 127);
      assertColour(drawn, new Rect(0, 268, 640, 92), 30, 131, 127);
    }
  }

  @Test
  void standsAfterAMoveAsIfItHadNeverMoved() {
    pictures.put("a", plain(640, 360, 200, 60, 90));
    PlanarPicture detailed = plain(320, 180, 40, 128, 128);
    for (int x = 0; x < 320; x += 8) {
      detailed.fill(x, 0, 4, 180, 220, 90, 160);
    }
    pictures.put("b", detailed);
    Tile[] end = {
      new Tile(
          "a", LEFT, new Content.Initials("AB", 0x1F6FB2), Optional.of(new Label("A", 20, 314))),
      new Tile("b", RIGHT, new Content.Video("b", true), Optional.of(new Label("B", 20, 314)))
    };
    Picture wanted = draw(end);
    draw(video(new Rect(0, 0, 640, 360), "a", false)).close();
    for (int step = 10; step >= 0; step--) {
      Tile a = end[0];
      Rect smaller = new Rect(4, 90, 314 - 20 * step, 176 - 8 * step);
      Tile moved = new Tile("a", smaller, a.content(), a.label(), 255 - 20 * step);
      Rect larger = new Rect(322 - 20 * step, 90 - 8 * step, 314, 176 + 8 * step);
      Tile grown = new Tile("b", larger, end[1].content(), end[1].label());
      compositor.draw(new Scene(CANVAS, List.of(moved, grown), true), pictures::get).close();
    }
    try (wanted;
        Picture drawn = draw(end)) {
      for (int plane = 0; plane < 3; plane++) {
        assertThat(drawn.plane(plane)).isEqualTo(wanted.plane(plane));
      }
    }
  }

  static Stream<String> names() {
    return Stream.of(
        "Ada",
        "a':%{pts}<b>\\n,[x]",
        "\u0000\u202E\uD800",
        "محمد علي",
        "एकलव्य",
        "小明 王",
        "W".repeat(3_000));
  }

  @ParameterizedTest
  @MethodSource("names")
  void showsAnyNameInsideItsTile(String name) {
    pictures.put("a", plain(640, 360, 200, 128, 128));
    Tile tile =
        new Tile(LEFT, new Content.Video("a", false), Optional.of(new Label(name, 20, 314)));
    try (Picture drawn = draw(tile)) {
      assertThat(at(drawn, 0, LEFT.x() + 2, LEFT.y() + LEFT.height() - 4)).isLessThan(120);
      assertColour(drawn, new Rect(LEFT.x(), LEFT.y(), 314, 150), 200, 128, 128);
      assertColour(drawn, new Rect(0, 268, 640, 90), 30, 131, 127);
      assertThat(at(drawn, 0, LEFT.x() + 316, LEFT.y() + 170)).isEqualTo(30);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void tellsAnyNameInsideItsPlace(String name) {
    pictures.put("a", plain(640, 360, 200, 128, 128));
    Label third = new Label(name, "Teacher", 28, 12, 44, 200, Tile.OPAQUE);
    Tile tile = new Tile("a", LEFT, new Content.Video("a", false), Optional.of(third));
    try (Picture drawn = draw(tile)) {
      Rect place = new Rect(LEFT.x() + 28, LEFT.y() + 176 - 12 - 44, 200, 44);
      int bar = at(drawn, 0, place.x() + 1, place.y() + 20);
      assertThat(bar).as("an upright bar").isGreaterThan(220);
      assertThat(at(drawn, 0, place.x() + 8, place.y() + 1)).as("a dark ground").isLessThan(80);
      for (int y = 0; y < 360; y++) {
        for (int x = 0; x < 640; x++) {
          boolean inside =
              x >= place.x() && x < place.x() + 200 && y >= place.y() && y < place.y() + 44;
          boolean shown =
              x >= LEFT.x() && x < LEFT.x() + 314 && y >= LEFT.y() && y < LEFT.y() + 176;
          if (!inside) {
            assertThat(at(drawn, 0, x, y)).isCloseTo(shown ? 200 : 30, within(2));
          }
        }
      }
    }
  }

  @Test
  void drawsWordsThatDifferForDifferentNames() {
    Rect whole = new Rect(0, 0, 640, 360);
    Content[] contents = {
      new Content.Slate("Optics", "The class begins shortly"),
      new Content.Slate("Acoustics", "The class begins shortly"),
      new Content.Initials("AB", 0x1F6FB2),
      new Content.Initials("ДМ", 0x1F6FB2)
    };
    long[] sums = new long[contents.length];
    for (int i = 0; i < contents.length; i++) {
      try (Picture drawn = draw(new Tile(whole, contents[i], Optional.empty()))) {
        for (int y = 0; y < 360; y++) {
          for (int x = 0; x < 640; x++) {
            sums[i] = sums[i] * 31 + at(drawn, 0, x, y);
          }
        }
      }
    }
    assertThat(sums).doesNotHaveDuplicates();
  }
}
