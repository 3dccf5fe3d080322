package dev.amphi.packager.thumbnails;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.packager.mp4.Bytes;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The track of small pictures: its text, and which of them are in it. */
final class PictureTrackTest {
  private static final Instant BEGUN = Instant.parse("2026-11-02T09:00:00.250Z");

  private static Thumbnail at(double seconds) {
    return new Thumbnail(
        BEGUN.plusMillis(Math.round(seconds * 1000)), 256, 144, Bytes.fromHex("ffd8ffd9"));
  }

  @Test
  void isSpelledAsPlayersKnowIt() {
    LivePictures pictures =
        LivePictures.since(BEGUN).plus(at(0)).plus(at(5.033)).plus(at(50)).plus(at(3_660));
    assertThat(pictures.write(number -> "1-a/thumbnails/" + number + ".jpg"))
        .isEqualTo(
            """
            WEBVTT
            X-PROGRAM-DATE-TIME: 2026-11-02T09:00:00.250Z

            00:00:00.000 --> 00:00:05.033
            1-a/thumbnails/0.jpg#xywh=0,0,256,144

            00:00:05.033 --> 00:00:35.033
            1-a/thumbnails/1.jpg#xywh=0,0,256,144

            00:00:50.000 --> 00:01:20.000
            1-a/thumbnails/2.jpg#xywh=0,0,256,144

            01:01:00.000 --> 01:01:05.000
            1-a/thumbnails/3.jpg#xywh=0,0,256,144
            """);
  }

  @Test
  void whatIsReadIsWhatWasWritten() {
    List<PictureCue> cues =
        List.of(
            new PictureCue(0, 5_000, "x.thumbnails.0-4021.jpg", 256, 144),
            new PictureCue(5_000, 360_000_123, "x.thumbnails.4021-12.jpg", 144, 256));
    assertThat(PictureTrack.read(PictureTrack.write("", cues))).isEqualTo(cues);
    assertThat(PictureTrack.read(PictureTrack.write("NOTE x", cues))).isEqualTo(cues);
    assertThat(PictureTrack.read("")).isEmpty();
    assertThat(PictureTrack.read("WEBVTT\n\n00:00 --> 1\nx")).isEmpty();
  }

  @Test
  void thoseThatShowNothingOfTheRewindLeave() {
    LivePictures pictures =
        LivePictures.since(BEGUN).plus(at(0)).plus(at(5)).plus(at(10)).plus(at(15));
    assertThat(numbers(pictures.from(BEGUN))).containsExactly(0L, 1L, 2L, 3L);
    assertThat(numbers(pictures.from(BEGUN.plusSeconds(9)))).containsExactly(1L, 2L, 3L);
    assertThat(numbers(pictures.from(BEGUN.plusSeconds(10)))).containsExactly(2L, 3L);
    assertThat(numbers(pictures.from(BEGUN.plusSeconds(99)))).containsExactly(3L);
    assertThat(numbers(pictures.from(BEGUN.plusSeconds(99)).plus(at(20)))).containsExactly(3L, 4L);
  }

  @Test
  void noneIsTakenOfWhatWasBeforeTheClassWasOnAir() {
    LivePictures pictures = LivePictures.since(BEGUN);
    assertThat(pictures.takes(BEGUN.minusMillis(1))).isFalse();
    assertThat(pictures.takes(BEGUN)).isTrue();
    assertThat(pictures.plus(at(5)).takes(BEGUN.plusSeconds(5))).isFalse();
    assertThat(pictures.plus(at(5)).takes(BEGUN.plusSeconds(6))).isTrue();
  }

  private static List<Long> numbers(LivePictures pictures) {
    return pictures.listed().stream().map(LivePictures.Listed::number).toList();
  }
}
