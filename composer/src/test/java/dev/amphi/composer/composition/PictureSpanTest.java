package dev.amphi.composer.composition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureSpanTest {
  private final PictureSpan spans = new PictureSpan(48);

  @ParameterizedTest(name = "frame {0}, {1} due, one in {2}: {3}")
  @CsvSource({
    "0, 1, 1, 1",
    "7, 1, 1, 1",
    "5, 2, 1, 2",
    "5, 8, 1, 3",
    "8, 8, 1, 8",
    "0, 1, 2, 2",
    "1, 1, 2, 1",
    "6, 1, 2, 2",
    "7, 1, 2, 1",
    "46, 5, 2, 2",
    "4, 3, 2, 3",
    "47, 8, 1, 1"
  })
  void lastsForWhatIsDueButNotBeyondItsPart(long frame, int due, int pace, int frames) {
    assertThat(spans.of(frame, due, pace)).isEqualTo(frames);
  }

  @Test
  void endsWithASegmentThatIsNoMultipleOfParts() {
    PictureSpan odd = new PictureSpan(45);
    assertThat(odd.of(40, 8, 1)).isEqualTo(5);
    assertThat(odd.startsSegment(45)).isTrue();
    assertThat(odd.of(45, 8, 1)).isEqualTo(8);
  }
}
