package dev.amphi.composer.scene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.composer.api.Slate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlatesTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long NOW = 7_654_321L;

  private final Slates slates = new Slates("Optics", Words.ENGLISH);

  private Content.Slate shown(Slate.Kind kind, String time, long inNanos) {
    slates.tell(new Slate(kind, time, inNanos == Slate.NEVER ? inNanos : NOW + inNanos));
    return slates.at(NOW);
  }

  @Test
  void saysThatItBeginsBeforeItIsToldAnything() {
    assertThat(slates.at(NOW)).isEqualTo(new Content.Slate("Optics", "We will begin shortly"));
  }

  @ParameterizedTest
  @CsvSource({
    "RIGHT_BACK,   We will be right back",
    "RECONNECTING, The teacher is reconnecting",
    "BREAK,        Break",
    "ENDED,        The class has ended",
  })
  void hasWordsWithoutATime(Slate.Kind kind, String words) {
    slates.tell(Slate.of(kind));
    assertThat(slates.at(NOW)).isEqualTo(new Content.Slate("Optics", words));
  }

  @Test
  void countsDownToTheBeginningAndThenSaysShortly() {
    assertThat(shown(Slate.Kind.BEGINS, "10:45", 61 * SECOND))
        .isEqualTo(new Content.Slate("Optics", "Starts at 10:45", "1:01"));
    assertThat(shown(Slate.Kind.BEGINS, "10:45", 0))
        .isEqualTo(new Content.Slate("Optics", "We will begin shortly"));
  }

  @Test
  void countsDownABreakAndThenAsksForAMoment() {
    assertThat(shown(Slate.Kind.BREAK, "10:45", 600 * SECOND))
        .isEqualTo(new Content.Slate("Optics", "Break until 10:45", "10:00"));
    assertThat(shown(Slate.Kind.BREAK, "10:45", -SECOND))
        .isEqualTo(new Content.Slate("Optics", "We will go on in a moment"));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0:01",
    "999999999, 0:01",
    "1000000000, 0:01",
    "1000000001, 0:02",
    "59000000001, 1:00",
    "3599000000000, 59:59",
    "3600000000000, 1:00:00",
    "86400000000000, 24:00:00",
    "86400000000001, ''",
  })
  void countsEachSecondUntilItIsOver(long leftNanos, String countdown) {
    assertThat(shown(Slate.Kind.BREAK, "10:45", leftNanos).countdown()).isEqualTo(countdown);
  }

  @Test
  void looksDifferentOnceASecondOnly() {
    slates.tell(new Slate(Slate.Kind.BREAK, "10:45", NOW + 60 * SECOND));
    int redrawn = 0;
    Content.Slate before = slates.at(NOW);
    for (int frame = 1; frame <= 300; frame++) {
      Content.Slate next = slates.at(NOW + frame * SECOND / 30);
      redrawn += next.equals(before) ? 0 : 1;
      before = next;
    }
    assertThat(redrawn).isEqualTo(10);
  }
}
