package dev.amphi.composer.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LadderChoiceTest {
  /** Pace 1 is the reference machine, 2 one that is half as fast. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // pace | budget | used | ladder
        " 1     |     8  |    0 | 1080p,720p,480p,360p",
        " 1     |     4  |    0 | 720p,480p,360p",
        " 2     |     8  |    0 | 720p,480p,360p",
        " 2     |     4  |    0 | 720p,360p",
        " 1     |     2  |    0 | 720p,360p",
        " 0.5   |     2  |    0 | 720p,480p,360p",
        " 1.3   |     2  |    0 | 720p,360p",
        " 2.7   |     2  |    0 | 720p,360p",
        " 4.8   |     2  |    0 | 480p,360p",
        " 6     |     2  |    0 | 360p",
        " 1     |     2  |  1.4 | 720p,360p",
        " 1     |     2  |  1.5 | 720p,360p",
        " 1     |     2  | 1.58 | 480p,360p",
        " 1     |     2  | 1.65 | 360p",
        " 1     |     2  |  1.8 | 360p",
        " 1     |     1  |    0 | 720p,360p",
        " 1     |   0.1  |    0 | 360p",
        " 1     |     2  |    5 | 360p",
      })
  void codesWhatFitsIntoItsShareAndIntoWhatIsLeft(
      double pace, double budget, double used, String ladder) {
    assertThat(new LadderChoice(pace).of(budget, used)).hasToString(ladder);
  }

  @Test
  void eachLadderCostsLessThanTheOneBefore() {
    for (int i = 1; i < LadderChoice.RUNGS.size(); i++) {
      assertThat(LadderChoice.RUNGS.get(i).cost()).isLessThan(LadderChoice.RUNGS.get(i - 1).cost());
    }
  }
}
