package dev.amphi.server.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DistributionTest {
  @Test
  void givesTheNearestRank() {
    Distribution distribution = new Distribution();
    for (int i = 100; i >= 1; i--) {
      distribution.add(i);
    }

    assertThat(distribution.summary()).isEqualTo(new Distribution.Summary(100, 50, 95, 100));
  }

  @Test
  void givesTheOnlyValueForEveryRank() {
    Distribution distribution = new Distribution();
    distribution.add(7);

    assertThat(distribution.summary()).isEqualTo(new Distribution.Summary(1, 7, 7, 7));
  }

  @Test
  void knowsThatNothingWasMeasured() {
    assertThat(new Distribution().summary()).isEqualTo(Distribution.Summary.NOTHING);
  }
}
