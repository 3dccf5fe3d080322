package dev.amphi.composer.slides;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageBoxTest {
  @ParameterizedTest
  @CsvSource({
    "960, 540, 1280, 720",
    "960, 720, 960, 720",
    "595.28, 841.89, 510, 720",
    "14400, 14400, 720, 720",
    "14400, 2, 1280, 2",
    "2, 14400, 2, 720",
    "0, 100, 720, 720",
    "NaN, 5, 720, 720",
    "-3, -4, 720, 720",
    "1e30, 1, 720, 720",
  })
  void aPageIsAsLargeAsItFitsInEvenPixels(double width, double height, int wide, int high) {
    assertThat(PageBox.fit(width, height, 1280, 720)).isEqualTo(new PageBox(wide, high));
  }
}
