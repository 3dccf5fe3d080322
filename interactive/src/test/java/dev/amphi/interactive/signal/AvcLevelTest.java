package dev.amphi.interactive.signal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvcLevelTest {
  @ParameterizedTest
  @CsvSource({
    "1920, 1080, 30, 40",
    "1920, 1080, 60, 42",
    "1280, 720, 30, 31",
    "1280, 720, 60, 32",
    "854, 480, 30, 31",
    "854, 480, 25, 30",
    "640, 360, 30, 30",
    "176, 144, 15, 10",
    "0, 0, 0, 10",
    "32768, 32768, 30, 52",
  })
  void isTheLeastThatAllowsThePicture(int width, int height, int framesPerSecond, int level) {
    assertThat(AvcLevel.needed(width, height, framesPerSecond)).isEqualTo(level);
  }
}
