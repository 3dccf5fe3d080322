package dev.amphi.packager.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.packager.captions.Cue;
import dev.amphi.packager.captions.TimedText;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Chapters and captions are known by the wall clock; the movie's time is another. */
final class MovieClockTest {
  private static final Instant NINE = Instant.parse("2026-11-02T09:00:00Z");
  private static final long SECOND = 1_000_000_000L;

  /** From 2 s to 10 s of a run, then from 30 s of it on, which is a minute later on the clock. */
  private static MovieClock clock() {
    MovieClock clock = new MovieClock();
    clock.begin(NINE, -2 * SECOND, NINE.plusSeconds(2));
    clock.begin(NINE.plusSeconds(60), (8 - 30) * SECOND, NINE.plusSeconds(90));
    return clock;
  }

  @Test
  void whatLiesBetweenTwoStretchesStandsWhereTheLaterBegins() {
    MovieClock clock = clock();
    assertThat(clock.millis(NINE)).isZero();
    assertThat(clock.millis(NINE.plusMillis(3_250))).isEqualTo(1_250);
    assertThat(clock.millis(NINE.plusSeconds(40))).isEqualTo(8_000);
    assertThat(clock.millis(NINE.plusSeconds(90))).isEqualTo(8_000);
    assertThat(clock.millis(NINE.plusSeconds(95))).isEqualTo(13_000);
  }

  @Test
  void captionsAreCutToTheMovieAndInItsOrder() {
    List<Cue> cues =
        List.of(
            cue(91, 94, "after"),
            cue(8, 15, "into what is left out"),
            cue(20, 25, "left out"),
            cue(0, 1, "before"),
            cue(1, 4, "into the beginning"),
            cue(95, 120, "over the end"));
    assertThat(MovieCaptions.place(cues, clock(), 14_000))
        .containsExactly(
            new TimedText(0, 2_000, "into the beginning"),
            new TimedText(6_000, 8_000, "into what is left out"),
            new TimedText(9_000, 12_000, "after"),
            new TimedText(13_000, 14_000, "over the end"));
  }

  @Test
  void withoutAPictureThereIsNoTime() {
    MovieClock none = new MovieClock();
    assertThat(MovieCaptions.place(List.of(cue(1, 4, "unseen")), none, 0)).isEmpty();
    assertThat(MovieChapters.place(List.of(new JournalEntry.Chapter(NINE, "A")), none, 1))
        .isEmpty();
  }

  private static Cue cue(int from, int until, String text) {
    return new Cue(NINE.plusSeconds(from), NINE.plusSeconds(until), text);
  }
}
