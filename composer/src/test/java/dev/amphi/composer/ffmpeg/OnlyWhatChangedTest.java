package dev.amphi.composer.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.composer.api.Corner;
import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.codec.VideoDecoder;
import dev.amphi.composer.codec.VideoEncoder;
import dev.amphi.composer.codec.VideoEncoding;
import dev.amphi.composer.layout.Canvas;
import dev.amphi.composer.layout.Rect;
import dev.amphi.composer.lettering.Java2dLettering;
import dev.amphi.composer.pictures.Cast;
import dev.amphi.composer.scene.Compositor;
import dev.amphi.composer.scene.Content;
import dev.amphi.composer.scene.Label;
import dev.amphi.composer.scene.Scene;
import dev.amphi.composer.scene.Tile;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Drawing, scaling and coding only what changed gives what drawing everything gives. */
class OnlyWhatChangedTest {
  private static final Canvas CANVAS = new Canvas(640, 360);
  private static final Rect WHOLE = new Rect(0, 0, 640, 360);
  private static final Rect SMALL = new Rect(480, 260, 144, 80);
  private static final Tile SHARE =
      new Tile("s", WHOLE, new Content.Video("s", true), Optional.empty());
  private static final Tile CAMERA =
      new Tile("c", SMALL, new Content.Video("c", false), Optional.of(new Label("Ada", 20, 144)));
  private static final Scene SCENE = new Scene(CANVAS, List.of(SHARE, CAMERA));

  private final FfmpegCodecs codecs = new FfmpegCodecs();
  private final Compositor compositor = codecs.compositor(CANVAS, new Java2dLettering());
  private final Map<String, Picture> pictures = new HashMap<>();
  private final Random random = new Random(5);

  private AvPicture textured(int width, int height) {
    AvPicture picture = AvPicture.allocate(width, height);
    int seed = random.nextInt(200);
    for (int plane = 0; plane < 3; plane++) {
      ByteBuffer bytes = picture.plane(plane);
      for (int at = 0; at < bytes.capacity(); at++) {
        int x = at % picture.stride(plane);
        int y = at / picture.stride(plane);
        bytes.put(at, (byte) (60 + (x * 3 + y * 5 + seed * 7) % 120));
      }
    }
    return picture;
  }

  private static void assertSame(Picture drawn, Picture wanted, String when) {
    for (int plane = 0; plane < 3; plane++) {
      int width = plane == 0 ? drawn.width() : drawn.width() / 2;
      int height = plane == 0 ? drawn.height() : drawn.height() / 2;
      for (int y = 0; y < height; y++) {
        assertThat(drawn.plane(plane).slice(y * drawn.stride(plane), width))
            .as("plane %d, row %d, %s", plane, y, when)
            .isEqualTo(wanted.plane(plane).slice(y * wanted.stride(plane), width));
      }
    }
  }

  /** A copy with that many small spots on it. */
  private AvPicture spotted(AvPicture picture, int spots) {
    AvPicture copy = AvPicture.allocate(picture.width(), picture.height());
    copy.copyFrom(picture);
    for (int i = 0; i < spots; i++) {
      int plane = random.nextInt(3);
      int x = random.nextInt(plane == 0 ? picture.width() : picture.width() / 2);
      int y = random.nextInt(plane == 0 ? picture.height() : picture.height() / 2);
      copy.plane(plane).put(y * copy.stride(plane) + x, (byte) random.nextInt(256));
    }
    return copy;
  }

  @ParameterizedTest
  @CsvSource({"640, 360", "960, 540", "400, 330"})
  void aCanvasThatGoesRoundShowsWhatAFreshOneDoes(int shareWidth, int shareHeight) {
    Picture shown = null;
    Deque<Picture> underway = new ArrayDeque<>(); // as in an encoder that is late
    pictures.put("s", textured(shareWidth, shareHeight));
    pictures.put("c", textured(320, 180));
    for (int step = 0; step < 60; step++) {
      String changed = random.nextInt(4) == 0 ? "s" : random.nextInt(3) == 0 ? "" : "c";
      if (changed.equals("s") && random.nextInt(3) > 0) {
        Picture before = pictures.get("s");
        pictures.put("s", spotted((AvPicture) before, random.nextInt(4)));
        before.close();
      } else if (!changed.isEmpty()) {
        // 148 by 82 is so little larger than its tile that it is cut and not scaled.
        boolean large = random.nextBoolean();
        int width = large ? 320 : 148;
        int height = large ? 180 : 82;
        if (changed.equals("s")) { // another window may have another shape
          width = large ? shareWidth : shareHeight;
          height = large ? shareHeight : shareWidth;
        }
        Picture before = pictures.put(changed, textured(width, height));
        before.close();
      }
      Picture drawn = compositor.draw(SCENE, pictures::get);
      try (Compositor fresh = codecs.compositor(CANVAS, new Java2dLettering());
          Picture wanted = fresh.draw(SCENE, pictures::get)) {
        assertSame(drawn, wanted, "step " + step + ", changed " + changed);
      }
      if (shown != null) {
        assertSameOutside(((AvPicture) drawn).changes(), drawn, shown, "step " + step);
        shown.close();
      }
      shown = drawn.share();
      underway.add(drawn);
      while (underway.size() > random.nextInt(5)) {
        underway.remove().close();
      }
    }
    if (shown != null) {
      shown.close();
    }
    underway.forEach(Picture::close);
    pictures.values().forEach(Picture::close);
    compositor.close();
  }

  /** Asserts that what is said to have changed is all that did. */
  private static void assertSameOutside(
      List<Rect> changes, Picture drawn, Picture before, String when) {
    for (int plane = 0; plane < 3; plane++) {
      int shift = plane == 0 ? 0 : 1;
      ByteBuffer now = drawn.plane(plane);
      ByteBuffer then = before.plane(plane);
      for (int y = 0; y < CANVAS.height() >> shift; y++) {
        for (int x = 0; x < CANVAS.width() >> shift; x++) {
          int at = y * drawn.stride(plane) + x;
          if (now.get(at) != then.get(at)) {
            Rect pixel = new Rect(x << shift, y << shift, 1, 1);
            assertThat(changes.stream().anyMatch(rect -> rect.contains(pixel)))
                .as("plane %d at %d, %d, %s: in %s", plane, x, y, when, changes)
                .isTrue();
          }
        }
      }
    }
  }

  @Test
  void drawsAShareThatIsTheSameNotAgain() {
    AvPicture page = textured(960, 540);
    pictures.put("s", page);
    pictures.put("c", textured(320, 180));
    try (page;
        AvPicture same = spotted(page, 0);
        AvPicture written = spotted(page, 0);
        Picture first = compositor.draw(SCENE, pictures::get)) {
      pictures.put("s", same);
      compositor.draw(SCENE, pictures::get).close();
      try (Picture second = compositor.draw(SCENE, pictures::get)) {
        assertThat(second).isSameAs(first);
      }
      for (int x = 200; x < 300; x++) {
        written.plane(0).put(100 * written.stride(0) + x, (byte) 16);
      }
      pictures.put("s", written);
      try (AvPicture third = (AvPicture) compositor.draw(SCENE, pictures::get)) {
        assertThat(third.changes()).hasSize(1);
        Rect change = third.changes().getFirst();
        assertThat(change.contains(new Rect(134, 66, 64, 2))).isTrue();
        assertThat(change.width() * change.height()).isLessThan(640 * 360 / 10);
      }
    }
    compositor.close();
  }

  @Test
  void givesTheSamePictureAgainWhileNothingChanges() {
    pictures.put("s", textured(640, 360));
    pictures.put("c", textured(320, 180));
    try (Picture first = compositor.draw(SCENE, pictures::get);
        Picture second = compositor.draw(SCENE, pictures::get);
        WholeScaler scaler = new WholeScaler(320, 180)) {
      assertThat(second).isSameAs(first);
      AvPicture scaled = (AvPicture) scaler.scale(first);
      assertThat(scaled.number()).isEqualTo(((AvPicture) first).number());
    }
    pictures.put("c", textured(320, 180));
    try (AvPicture third = (AvPicture) compositor.draw(SCENE, pictures::get)) {
      assertThat(third.changes()).containsExactly(SMALL);
    }
    compositor.close();
  }

  @Test
  void wordsThatSlideChangeTheirPlaceAlone() {
    pictures.put("s", textured(640, 360));
    pictures.put("c", textured(320, 180));
    Rect place = new Rect(32, 270, 300, 60);
    Deque<Picture> underway = new ArrayDeque<>();
    for (int presence : new int[] {255, 249, 162, 21, 0, 80, 200, 255}) {
      Label third = new Label("Ada Byron", "Teacher", 32, 30, 60, 300, presence);
      Scene scene = new Scene(CANVAS, List.of(SHARE.labelled(Optional.of(third)), CAMERA));
      AvPicture drawn = (AvPicture) compositor.draw(scene, pictures::get);
      try (Compositor fresh = codecs.compositor(CANVAS, new Java2dLettering());
          Picture wanted = fresh.draw(scene, pictures::get)) {
        assertSame(drawn, wanted, "presence " + presence);
      }
      if (!underway.isEmpty()) {
        assertThat(drawn.changes()).containsExactly(place);
      }
      underway.add(drawn);
    }
    underway.forEach(Picture::close);
    compositor.close();
  }

  @Test
  void aMarkLiesOverWhatMovesBelowIt() {
    pictures.put("c", textured(320, 180));
    Compositor marked = codecs.compositor(CANVAS, Cast.marked(Corner.TOP_RIGHT));
    Tile person = new Tile("c", WHOLE, new Content.Video("c", false), Optional.empty());
    Rect place = new Rect(528, 18, 80, 26);
    Tile mark = new Tile("~mark", place, new Content.Mark(), Optional.empty());
    Scene scene = new Scene(CANVAS, List.of(person, mark));
    for (int step = 0; step < 3; step++) {
      pictures.put("c", textured(320, 180)).close();
      try (Picture drawn = marked.draw(scene, pictures::get);
          Picture same = marked.draw(scene, pictures::get);
          Compositor fresh = codecs.compositor(CANVAS, Cast.marked(Corner.TOP_RIGHT));
          Picture wanted = fresh.draw(scene, pictures::get);
          Picture bare = compositor.draw(new Scene(CANVAS, List.of(person)), pictures::get)) {
        assertSame(drawn, wanted, "step " + step);
        assertThat(same).isSameAs(drawn);
        assertThat(difference(drawn, bare, place)).isGreaterThan(10);
        assertThat(difference(drawn, bare, new Rect(0, 44, 640, 316))).isZero();
      }
    }
    marked.close();
    compositor.close();
  }

  @Test
  void aMarkOnTheGroundHidesNoMoreOfItTheMoreWordsChange() {
    pictures.put("c", textured(320, 180));
    Rect place = new Rect(528, 18, 80, 26);
    Tile mark = new Tile("~mark", place, new Content.Mark(), Optional.empty());
    try (Compositor marked = codecs.compositor(CANVAS, Cast.marked(Corner.TOP_RIGHT));
        Picture first = marked.draw(new Scene(CANVAS, List.of(CAMERA, mark)), pictures::get)) {
      for (int presence = 250; presence > 0; presence -= 50) {
        Label band = new Label("Ada", "", 0, 0, 20, 144, presence);
        Tile camera = CAMERA.labelled(Optional.of(band));
        try (Picture drawn = marked.draw(new Scene(CANVAS, List.of(camera, mark)), pictures::get)) {
          assertThat(difference(drawn, first, place)).isZero();
          assertThat(difference(drawn, first, SMALL)).isPositive();
        }
      }
    }
    compositor.close();
  }

  @Test
  void cutsTheEdgeOfAPictureThatIsNearlyOfItsTilesSizeAndKeepsItsPixels() {
    AvPicture camera = textured(640, 360);
    Rect rect = new Rect(10, 6, 618, 346);
    Tile tile = new Tile("c", rect, new Content.Video("c", false), Optional.empty());
    Scene scene = new Scene(CANVAS, List.of(tile));
    try (camera;
        Picture drawn = compositor.draw(scene, id -> camera)) {
      for (int y = 0; y < 346; y++) {
        assertThat(drawn.plane(0).slice((6 + y) * drawn.stride(0) + 10, 618))
            .isEqualTo(camera.plane(0).slice((6 + y) * camera.stride(0) + 10, 618));
      }
    }
    compositor.close();
  }

  @Test
  void aTileThatReachesBeyondTheCanvasIsCutThere() {
    pictures.put("c", textured(640, 360));
    for (Rect rect : List.of(new Rect(20, 50, 640, 360), new Rect(-20, -50, 640, 360))) {
      Tile tile = new Tile("c", rect, new Content.Video("c", false), Optional.empty());
      try (Picture drawn = compositor.draw(new Scene(CANVAS, List.of(tile)), pictures::get)) {
        assertThat(drawn.plane(0).slice(200 * drawn.stride(0) + 100, 300))
            .isEqualTo(
                pictures
                    .get("c")
                    .plane(0)
                    .slice((200 - rect.y()) * drawn.stride(0) + 100 - rect.x(), 300));
      }
    }
    compositor.close();
  }

  @Test
  void whatDidNotChangeStaysAsGoodAsItWas() {
    VideoEncoding encoding = new VideoEncoding(640, 360, 30, 48, 700_000);
    pictures.put("s", textured(640, 360));
    double[] error = new double[47];
    int[] bytes = new int[47];
    try (VideoEncoder encoder = codecs.h264Encoder(encoding);
        VideoDecoder decoder = codecs.h264Decoder(encoder.config())) {
      for (int i = 0; i < 47; i++) {
        int step = i;
        pictures.put("c", textured(320, 180));
        try (Picture drawn = compositor.draw(SCENE, pictures::get)) {
          encoder.encode(
              drawn,
              i * 3_000L,
              i == 0,
              (coded, time, sync) -> {
                bytes[step] = coded.remaining();
                decoder.decode(
                    coded,
                    time,
                    (picture, at) -> {
                      error[step] = difference(picture, drawn, new Rect(0, 0, 640, 240));
                      assertThat(difference(picture, drawn, SMALL)).isLessThan(20);
                      picture.close();
                    });
              });
        }
      }
    }
    assertThat(error[46]).as("of the still part").isLessThanOrEqualTo(error[1]);
    assertThat(bytes[40]).as("of a picture in which little moves").isLessThan(bytes[0]);
    compositor.close();
  }

  @Test
  void aPageThatIsSharpTakesNoMoreBits() {
    VideoEncoding encoding = new VideoEncoding(640, 360, 30, 48, 2_500_000);
    pictures.put("s", textured(640, 360));
    int[] bytes = new int[240];
    double[] error = new double[240];
    try (VideoEncoder encoder = codecs.h264Encoder(encoding);
        VideoDecoder decoder = codecs.h264Decoder(encoder.config());
        Picture drawn = compositor.draw(new Scene(CANVAS, List.of(SHARE)), pictures::get)) {
      for (int i = 0; i < bytes.length; i++) {
        int step = i;
        encoder.encode(
            drawn,
            i * 3_000L,
            i % 48 == 0,
            (coded, time, sync) -> {
              bytes[step] = coded.remaining();
              decoder.decode(
                  coded,
                  time,
                  (picture, at) -> {
                    error[step] = difference(picture, drawn, WHOLE);
                    picture.close();
                  });
            });
      }
    }
    int last = Arrays.stream(bytes, 195, 240).sum();
    assertThat(last).as("bytes of a second and a half at rest").isLessThan(20_000);
    assertThat(error[239]).as("levels of 220, in the mean").isLessThan(1);
    compositor.close();
  }

  /** The mean difference of lumas. */
  private static double difference(Picture a, Picture b, Rect rect) {
    long sum = 0;
    for (int y = rect.y(); y < rect.y() + rect.height(); y++) {
      for (int x = rect.x(); x < rect.x() + rect.width(); x++) {
        int one = a.plane(0).get(y * a.stride(0) + x) & 0xff;
        sum += Math.abs(one - (b.plane(0).get(y * b.stride(0) + x) & 0xff));
      }
    }
    return (double) sum / (rect.width() * rect.height());
  }
}
