package dev.amphi.packager.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.packager.Synthetic;
import dev.amphi.packager.mp4.BoxDump;
import dev.amphi.packager.mp4.Bytes;
import dev.amphi.packager.mp4.Sample;
import dev.amphi.packager.mp4.TrackFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProgramSegmenterTest {
  private static final Instant START = Instant.parse("2026-11-02T09:00:00Z");

  private final Heard heard = new Heard();
  private final ProgramSegmenter segmenter = new ProgramSegmenter(SegmentPlan.standard(), heard);

  ProgramSegmenterTest() {
    segmenter.format("video", Synthetic.PICTURE, START);
    segmenter.format("audio", Synthetic.SOUND, START);
  }

  @Test
  void partsAreEightPicturesOrTwelveToThirteenSoundFrames() {
    play(0, 97, 0, 151);
    assertThat(heard.partTicks("video", 0))
        .containsExactly(24_000L, 24_000L, 24_000L, 24_000L, 24_000L, 24_000L);
    assertThat(heard.partTicks("audio", 0).stream().map(ticks -> ticks / 1024))
        .containsExactly(13L, 12L, 13L, 12L, 13L, 12L);
  }

  @Test
  void soundIsCutWhereThePictureIs() {
    play(0, 97, 0, 151);
    assertThat(heard.segments("video"))
        .extracting(Segment::startsAt)
        .containsExactly(START, START.plusMillis(1600));
    assertThat(heard.segments("audio"))
        .extracting(Segment::startsAt)
        .containsExactly(START, START.plusMillis(1600));
    assertThat(heard.segments("audio")).extracting(Segment::samples).containsExactly(75, 75);
  }

  @Test
  void soundThatComesAheadOfThePictureWaits() {
    for (int n = 0; n < 100; n++) {
      segmenter.sample("audio", Synthetic.sound(n));
    }
    assertThat(heard.parts).isEmpty();
    for (int n = 0; n < 49; n++) {
      segmenter.sample("video", Synthetic.picture(n));
    }
    segmenter.sample("video", Synthetic.picture(49));
    assertThat(heard.segments("audio")).extracting(Segment::samples).containsExactly(75);
  }

  @Test
  void theCutsAreTheSameHoweverTheRenditionsAreInterleaved() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int picture = 0;
    int sound = 0;
    while (picture < 97 || sound < 151) {
      boolean ahead = sound * 1024 / 48_000.0 > picture / 30.0 + 1;
      if (picture < 97 && (sound >= 151 || ahead || random.nextBoolean())) {
        segmenter.sample("video", Synthetic.picture(picture++));
      } else {
        segmenter.sample("audio", Synthetic.sound(sound++));
      }
    }
    segmenter.end();
    assertThat(heard.segments("audio"))
        .as("seed %d", seed)
        .extracting(Segment::samples)
        .startsWith(75, 75);
    assertThat(heard.segments("audio"))
        .as("seed %d", seed)
        .extracting(Segment::startsAt)
        .isEqualTo(heard.segments("video").stream().map(Segment::startsAt).toList());
  }

  @Test
  void nothingComesBeforeTheFirstSyncPicture() {
    for (int n = 40; n < 97; n++) {
      segmenter.sample("video", Synthetic.picture(n));
    }
    for (int n = 60; n < 151; n++) {
      segmenter.sample("audio", Synthetic.sound(n));
    }
    assertThat(heard.parts("video").getFirst().start().ticks()).isEqualTo(48 * 3000L);
    assertThat(heard.parts("audio").getFirst().start().ticks()).isEqualTo(75 * 1024L);
    assertThat(segmenter.dropped()).isEqualTo(8);
  }

  @Test
  void aRestartCutsTheOpenSegmentShort() {
    play(0, 60, 0, 94);
    segmenter.format("video", Synthetic.PICTURE, START.plusSeconds(5));
    segmenter.format("audio", Synthetic.SOUND, START.plusSeconds(5));
    play(0, 49, 0, 77);
    List<Segment> video = heard.segments("video");
    assertThat(video).extracting(Segment::msn).containsExactly(0L, 1L, 4L);
    assertThat(video).extracting(Segment::discontinuity).containsExactly(false, false, true);
    assertThat(video).extracting(Segment::initIndex).containsExactly(0, 0, 1);
    assertThat(video.get(1).duration()).isEqualTo(new MediaTime(12 * 3000, 90_000));
    assertThat(video.get(2).startsAt()).isEqualTo(START.plusSeconds(5));
    List<Segment> audio = heard.segments("audio");
    assertThat(audio).extracting(Segment::discontinuity).containsExactly(false, false, true);
    assertThat(audio.get(2).startsAt()).isEqualTo(START.plusSeconds(5));
  }

  @Test
  void whatLiesBetweenTwoPeriodsIsMissing() {
    play(0, 60, 0, 94);
    restart(START.plusSeconds(5));
    play(0, 49, 0, 77);
    for (String rendition : List.of("video", "audio")) {
      assertThat(heard.missing(rendition)).extracting(Segment::msn).containsExactly(2L, 3L);
      assertThat(heard.missing(rendition)).allMatch(Segment::gap).noneMatch(Segment::discontinuity);
      Segment last = heard.missing(rendition).getLast();
      assertThat(last.initIndex()).as("the header before it").isZero();
      assertThat(last.duration().after(last.startsAt()))
          .isBetween(START.plusMillis(4999), START.plusSeconds(5));
      assertThat(last.parts()).allMatch(part -> part.duration().seconds() < 0.267);
    }
    assertThat(heard.missing("video").getFirst().startsAt()).isEqualTo(START.plusSeconds(2));
  }

  @Test
  void aSeamShorterThanAThirdOfAPartAndAClockThatWasPutRightAreNotMissing() {
    play(0, 48, 0, 75);
    restart(START.plusMillis(1650));
    play(0, 48, 0, 75);
    restart(START.plusSeconds(3600));
    play(0, 49, 0, 77);
    assertThat(heard.missing).isEmpty();
  }

  @Test
  void whatIsLevelAtTheEndOfAPeriodHasAsManyDiscontinuitiesInTheNext() {
    play(0, 49, 0, 70); // The second segment has a picture, but no sound yet.
    segmenter.interrupted();
    assertThat(heard.segments("video")).extracting(Segment::msn).containsExactly(0L, 1L);
    assertThat(heard.segments("audio")).extracting(Segment::msn).containsExactly(0L);
    assertThat(heard.missing("audio")).extracting(Segment::msn).containsExactly(1L);
    restart(START.plusMillis(1700));
    play(0, 49, 0, 77);
    assertThat(heard.segments("video").getLast().msn())
        .isEqualTo(heard.segments("audio").getLast().msn())
        .isEqualTo(2);
  }

  @Test
  void soundThatIsMissingAtASeamIsToldThoughThePictureWentOn() {
    play(0, 60, 0, 88);
    segmenter.interrupted();
    restart(START.plusMillis(2050));
    play(0, 49, 0, 77);
    for (String rendition : List.of("video", "audio")) {
      Segment gap = heard.missing(rendition).getFirst();
      Segment before = heard.segments(rendition).get(1);
      assertThat(gap.msn()).isEqualTo(2);
      assertThat(gap.startsAt()).isEqualTo(before.duration().after(before.startsAt()));
      assertThat(gap.duration().after(gap.startsAt()))
          .isBetween(START.plusMillis(2049), START.plusMillis(2050));
      assertThat(heard.segments(rendition).getLast().msn()).isEqualTo(3);
    }
  }

  @Test
  void aPeriodOfWhichNothingCameIsNone() {
    play(0, 49, 0, 77);
    segmenter.interrupted();
    restart(START.plusSeconds(2));
    segmenter.interrupted();
    restart(START.plusSeconds(3));
    play(0, 49, 0, 77);
    for (String rendition : List.of("video", "audio")) {
      assertThat(heard.segments(rendition).stream().filter(Segment::discontinuity)).hasSize(1);
    }
  }

  @Test
  void whatComesLateForATimeThatWasToldAsMissingIsLeftOut() {
    play(0, 48, 0, 75);
    segmenter.missing(java.time.Duration.ofMillis(1600));
    play(48, 145, 75, 227);
    for (String rendition : List.of("video", "audio")) {
      assertThat(heard.missing(rendition)).extracting(Segment::msn).containsExactly(1L);
      List<Segment> made = heard.segments(rendition);
      assertThat(made).extracting(Segment::msn).containsExactly(0L, 2L);
      assertThat(made).noneMatch(Segment::discontinuity);
      assertThat(made.getLast().startsAt()).isEqualTo(START.plusMillis(3200));
    }
  }

  @Test
  void aRenditionThatComesLaterCountsAsTheOthersDo() {
    play(0, 49, 0, 77);
    restart(START.plusMillis(1700));
    segmenter.format("small", Synthetic.PICTURE, START.plusMillis(1700));
    for (int n = 0; n < 49; n++) {
      segmenter.sample("small", Synthetic.picture(n));
    }
    play(0, 49, 0, 77);
    Segment first = heard.segments("small").getFirst();
    assertThat(first.msn()).isEqualTo(heard.segments("video").getLast().msn());
    assertThat(first.discontinuity()).isTrue();
  }

  /** Two renditions are level again at a period's end, also one that has never sent anything. */
  @Test
  void aRenditionDeclaredLateMissesNoMoreThanItsSegments() {
    play(0, 49 * 3, 0, 77 * 3);
    segmenter.format("small", Synthetic.PICTURE, START);
    play(49 * 3, 49 * 4, 77 * 3, 77 * 4);
    segmenter.interrupted();
    assertThat(heard.missing("small"))
        .isNotEmpty()
        .allMatch(gap -> gap.duration().seconds() <= SegmentPlan.standard().targetDurationS());
    Segment last = heard.missing("small").getLast();
    assertThat(last.msn()).isEqualTo(heard.segments("video").getLast().msn());
    assertThat(Duration.between(START, last.duration().after(last.startsAt())))
        .isBetween(
            Duration.ofMillis(49 * 4 * 1000 / 30 - 1), Duration.ofMillis(77 * 4 * 1024 / 48 + 1));
  }

  /** Media time begins anew with a period: an event's is counted in that of the part it is in. */
  @Test
  void anEventThatIsToldInTheNextPeriodHasItsTime() {
    play(0, 48, 0, 75);
    segmenter.interrupted();
    segmenter.happens("dev.amphi.slide", START.plusMillis(1900), 7, "Lenses");
    restart(START.plusMillis(1700));
    play(0, 9, 0, 14);
    String ticks = String.format(Locale.ROOT, "%016x", 200 * 90);
    assertThat(BoxDump.dump(heard.parts("video").getLast().data()))
        .contains("emsg 75 " + "01000000" + "00015f90" + ticks + "ffffffff" + "00000007");
  }

  private void restart(Instant at) {
    segmenter.format("video", Synthetic.PICTURE, at);
    segmenter.format("audio", Synthetic.SOUND, at);
  }

  @Test
  void aSegmentIsNeverLongerThanTheTarget() {
    for (int n = 0; n < 200; n++) {
      Sample picture = Synthetic.picture(n);
      segmenter.sample("video", new Sample(picture.payload(), picture.timeTicks(), 3000, n == 0));
    }
    assertThat(heard.segments("video"))
        .extracting(s -> s.duration().seconds())
        .containsExactly(2.0, 2.0, 2.0);
  }

  @Test
  void aMissingPictureIsBridgedByTheOneBefore() {
    for (int n = 0; n < 49; n++) {
      if (n != 3) {
        segmenter.sample("video", Synthetic.picture(n));
      }
    }
    assertThat(heard.segments("video").getFirst().duration())
        .isEqualTo(new MediaTime(144_000, 90_000));
    assertThat(heard.partTicks("video", 0)).allMatch(ticks -> ticks == 24_000L);
    assertThat(heard.segments("video").getFirst().samples()).isEqualTo(47);
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 15, 47})
  void aMissingPictureAtTheEndOfAPartOrASegmentIsBridgedToo(int missing) {
    for (int n = 0; n < 49; n++) {
      if (n != missing) {
        segmenter.sample("video", Synthetic.picture(n));
      }
    }
    assertThat(heard.segments("video").getFirst().duration())
        .isEqualTo(new MediaTime(144_000, 90_000));
    assertThat(heard.partTicks("video", 0)).allMatch(ticks -> ticks == 24_000L);
  }

  @Test
  void whatIsOutOfOrderUndeclaredOrEmptyIsCountedAndLeftOut() {
    play(0, 10, 0, 0);
    segmenter.sample("video", Synthetic.picture(4));
    segmenter.sample("other", Synthetic.picture(4));
    segmenter.sample("video", new Sample(Bytes.EMPTY, 90_000, 3000, false));
    segmenter.sample("video", new Sample(Synthetic.picture(1).payload(), 90_000, 0, false));
    assertThat(segmenter.dropped()).isEqualTo(4);
  }

  @Test
  void soundGoesOnWhenThePictureNeverComes() {
    for (int n = 0; n < 400; n++) {
      segmenter.sample("audio", Synthetic.sound(n));
    }
    assertThat(heard.segments("audio")).isNotEmpty();
    assertThat(heard.segments("audio")).allMatch(s -> s.duration().seconds() <= 2);
  }

  private void play(int pictureFrom, int pictureTo, int soundFrom, int soundTo) {
    for (int n = pictureFrom; n < pictureTo; n++) {
      segmenter.sample("video", Synthetic.picture(n));
    }
    for (int n = soundFrom; n < soundTo; n++) {
      segmenter.sample("audio", Synthetic.sound(n));
    }
  }

  /** What was told, by rendition. */
  private static final class Heard implements SegmentListener {
    private record Told<T>(String rendition, T value) {}

    final List<Told<Part>> parts = new ArrayList<>();
    final List<Told<Segment>> segments = new ArrayList<>();
    final List<Told<Segment>> missing = new ArrayList<>();

    List<Part> parts(String rendition) {
      return parts.stream().filter(t -> t.rendition().equals(rendition)).map(Told::value).toList();
    }

    List<Segment> segments(String rendition) {
      return segments.stream()
          .filter(t -> t.rendition().equals(rendition))
          .map(Told::value)
          .toList();
    }

    List<Segment> missing(String rendition) {
      return missing.stream()
          .filter(t -> t.rendition().equals(rendition))
          .map(Told::value)
          .toList();
    }

    List<Long> partTicks(String rendition, long msn) {
      return parts(rendition).stream()
          .filter(part -> part.msn() == msn)
          .map(Part::durationTicks)
          .toList();
    }

    @Override
    public void formatChanged(
        String renditionId, int initIndex, TrackFormat format, Instant startsAt, Bytes header) {}

    @Override
    public void segmentStarted(String renditionId, OpenSegment segment) {}

    @Override
    public void partCompleted(String renditionId, Part part) {
      parts.add(new Told<>(renditionId, part));
    }

    @Override
    public void segmentCompleted(String renditionId, Segment segment) {
      segments.add(new Told<>(renditionId, segment));
    }

    @Override
    public void segmentMissing(String renditionId, Segment gap) {
      missing.add(new Told<>(renditionId, gap));
    }
  }
}
