package dev.amphi.packager.captions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amphi.packager.segment.MediaTime;
import dev.amphi.packager.segment.Segment;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Segments of 1.6 s; the program's time zero was two seconds before the first. */
final class CaptionTrackTest {
  private static final Instant START = Instant.parse("2026-11-02T09:00:00Z");

  private final CaptionTrack track = new CaptionTrack();

  @Test
  void aCueIsWrittenInMediaTimeAndAsText() {
    track.add(cue(1000, 2500, "a < b & c\r\n  second line"), null);
    assertThat(track.of(segment(0)))
        .isEqualTo(
            """
            WEBVTT
            X-TIMESTAMP-MAP=MPEGTS:180000,LOCAL:00:00:02.000

            0
            00:00:03.000 --> 00:00:04.500
            a &lt; b &amp; c
            second line

            """);
  }

  @Test
  void aCueStandsInEverySegmentThatItIsShownIn() {
    track.add(cue(1000, 3300, "hello"), null);
    assertThat(track.of(segment(0))).contains("00:00:03.000 --> 00:00:05.300\nhello");
    assertThat(track.of(segment(1))).contains("00:00:03.000 --> 00:00:05.300\nhello");
    assertThat(track.of(segment(2))).contains("hello");
    assertThat(track.of(segment(3))).doesNotContain("hello");
  }

  /** Pictures are 1/30 s apart, so segments begin between two milliseconds. */
  @Test
  void aCueHasTheSameNumberAndTimesInEverySegment() {
    Instant zero = START.plusNanos(123_456_789);
    track.add(new Cue(zero.plusNanos(500_000), zero.plusSeconds(1), "before"), null);
    track.add(new Cue(zero.plusNanos(1_000_400_000), zero.plusNanos(4_999_900_000L), "two"), null);
    for (int pictures : List.of(0, 31, 62, 94, 125, 149)) {
      Segment segment = since(zero, pictures * 3000L);
      String text = track.of(segment);
      if (pictures > 0) {
        assertThat(text).contains("\n\n1\n00:00:01.000 --> 00:00:04.999\ntwo");
      }
      long ms = pictures * 100L / 3;
      assertThat(text)
          .contains("=MPEGTS:" + ms * 90 + ",")
          .contains("%03d\n\n".formatted(ms % 1000));
    }
    assertThat(track.of(since(zero, 0))).contains("\n\n0\n00:00:00.000 --> 00:00:01.000\nbefore");
  }

  @Test
  void whatIsListedNeverChanges() {
    String before = track.of(segment(1));
    track.add(cue(1700, 4000, "late"), segment(1));
    assertThat(track.of(segment(1))).isEqualTo(before);
    assertThat(track.of(segment(2))).contains("00:00:03.700 --> 00:00:06.000\nlate");
  }

  @Test
  void aCueThatIsLateAltogetherIsShownAsLongFromTheNextSegmentOn() {
    track.add(cue(200, 1200, "much too late"), segment(1));
    assertThat(track.of(segment(2))).contains("00:00:05.200 --> 00:00:06.200\nmuch too late");
    assertThat(track.of(segment(0))).doesNotContain("much");
  }

  @Test
  void whatNobodyCouldReadIsRefusedInWords() {
    assertThatThrownBy(() -> cue(0, 1000, " \n "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("from 1 to 500 characters, not 0");
    assertThatThrownBy(() -> cue(1000, 1000, "x")).hasMessageContaining("up to 30 s");
    assertThatThrownBy(() -> cue(0, 30_001, "x")).hasMessageContaining("up to 30 s");
    assertThatThrownBy(() -> cue(0, 1, "x".repeat(501))).hasMessageContaining("not 501");
  }

  private static Cue cue(long fromMs, long untilMs, String text) {
    return new Cue(START.plusMillis(fromMs), START.plusMillis(untilMs), text);
  }

  private static Segment segment(int msn) {
    return segment(msn, new MediaTime(180_000 + msn * 144_000L, 90_000), START.minusSeconds(2));
  }

  private static Segment since(Instant zero, long ticks) {
    return segment((int) (ticks / 90_000), new MediaTime(ticks, 90_000), zero);
  }

  private static Segment segment(int msn, MediaTime start, Instant zero) {
    return new Segment(
        msn,
        start,
        start.after(zero),
        new MediaTime(144_000, 90_000),
        0,
        false,
        false,
        List.of(),
        0,
        48,
        1000);
  }
}
