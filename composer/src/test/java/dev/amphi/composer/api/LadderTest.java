package dev.amphi.composer.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class LadderTest {
  @Test
  void putsTheLargestFirstAndDrawsInItsSize() {
    Ladder ladder = Ladder.of("360p", "1080p", "480p");
    assertThat(ladder).hasToString("1080p,480p,360p");
    CompositionSpec spec = CompositionSpec.of("r", "R", ladder);
    assertThat(List.of(spec.width(), spec.height())).containsExactly(1920, 1080);
  }

  @Test
  void hasEachSizeOnce() {
    assertThatThrownBy(() -> Ladder.of("720p", "720p"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Ladder.of()).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void everySizeIsEvenAndNearlyOfTheSameShape() {
    for (CompositionSpec.VideoRendition step : Ladder.STEPS) {
      assertThat(step.width() % 2 + step.height() % 2).isZero();
      assertThat(Math.abs(step.width() * 9 - step.height() * 16)).isLessThan(16);
    }
  }
}
