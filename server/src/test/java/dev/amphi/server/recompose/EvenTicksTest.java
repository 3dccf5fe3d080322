package dev.amphi.server.recompose;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Sound of which only whole milliseconds are known goes on evenly, and holes stay holes. */
class EvenTicksTest {
  private final EvenTicks ticks = new EvenTicks();

  @Test
  void packetsFollowEachOtherWhateverTheMillisecondsSay() {
    assertThat(ticks.of(500, 20)).isEqualTo(24_000);
    assertThat(ticks.of(521, 20)).isEqualTo(24_960);
    assertThat(ticks.of(539, 20)).isEqualTo(25_920);
    assertThat(ticks.of(560, 60)).isEqualTo(26_880);
    assertThat(ticks.of(620, 20)).isEqualTo(29_760);
  }

  @Test
  void aHoleIsOneAndSoIsASecondSourceOfTheSameInstant() {
    assertThat(ticks.of(0, 20)).isZero();
    assertThat(ticks.of(1_000, 20)).as("nothing came for a second").isEqualTo(48_000);
    assertThat(ticks.of(1_001, 20)).as("it was set back").isEqualTo(48_048);
  }

  @Test
  void whatDoesNotSayHowLongItSoundsIsTakenByItsTimes() {
    assertThat(ticks.of(0, 0)).isZero();
    assertThat(ticks.of(7, 3)).isEqualTo(336);
    assertThat(ticks.of(10, 3)).isEqualTo(480);
  }
}
