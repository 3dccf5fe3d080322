package dev.amphi.composer.scene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.composer.api.SourceSpec;
import dev.amphi.composer.layout.Canvas;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whoever was told by name is not told again by the process that takes over. */
class IntroducedOnceTest {
  private static final long SECOND = 1_000_000_000L;

  private static Director director() {
    return new Director(new Canvas(1280, 720), "Optics");
  }

  private static void join(Director director, String id) {
    director.put(
        new SourceSpec(
            id + "-mic", id, id, "student", SourceSpec.Kind.MICROPHONE, SourceSpec.Codec.OPUS));
  }

  private static List<String> told(Director director, long nowNanos) {
    return director.scene(nowNanos, id -> true).tiles().stream()
        .flatMap(tile -> tile.label().stream())
        .filter(Label::isLowerThird)
        .map(Label::text)
        .toList();
  }

  @Test
  void saysOnceWhoWasToldToTheEnd() {
    Director director = director();
    join(director, "ada");
    assertThat(told(director, 0)).containsExactly("ada");
    told(director, 5 * SECOND);
    assertThat(director.introductions(5 * SECOND)).isEmpty();
    told(director, 6 * SECOND);
    assertThat(director.introductions(6 * SECOND)).containsExactly("ada");
    assertThat(director.introductions(7 * SECOND)).isEmpty();
  }

  @Test
  void waitsForThoseWhoseTurnIsStillToCome() {
    Director director = director();
    for (int i = 0; i < 12; i++) { // so many that the strip has no room for their words
      join(director, "p" + i);
    }
    for (long now = 0; now <= 6; now++) {
      told(director, now * SECOND);
    }
    List<String> first = director.introductions(6 * SECOND);
    assertThat(first).contains("p0").doesNotContain("p11");
    for (long now = 7; now <= 90; now++) {
      told(director, now * SECOND);
    }
    assertThat(director.introductions(90 * SECOND))
        .contains("p11")
        .doesNotContainAnyElementsOf(first);
  }

  @Test
  void tellsOnlyWhoCameSince() {
    Director director = director();
    director.introduced(Set.of("ada"));
    join(director, "ada");
    join(director, "ben");

    assertThat(told(director, 100 * SECOND)).containsExactly("ben");
  }
}
