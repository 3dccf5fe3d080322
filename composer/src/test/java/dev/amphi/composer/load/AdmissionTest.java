package dev.amphi.composer.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AdmissionTest {
  private final Admission two = new Admission(2);

  @Test
  void takesOneProgramInAnyCase() {
    assertThat(new Admission(0.01).refusal(1.9, 0, 0, 0)).isEmpty();
  }

  @Test
  void takesAnotherAsLongAsOneMoreOfTheMeasuredCostFits() {
    assertThat(two.refusal(0.2, 0.8, 2, 2)).isEmpty();
    assertThat(two.refusal(0.2, 1.3, 2, 2))
        .hasValue(
            "This machine has no room for another class's program: the node and its 2 programs use"
                + " 1.50 of 2.00 processors, and one more takes about 0.65. End a class, or use"
                + " another node.");
  }

  @Test
  void believesThatASlateWillBecomeAClass() {
    assertThat(two.refusal(0.1, 0.1, 1, 1)).isEmpty();
    assertThat(two.refusal(1.6, 0.1, 1, 1)).hasValueSatisfying(s -> assertThat(s).contains("0.35"));
  }

  @Test
  void countsWhatHasJustStartedAsTypical() {
    assertThat(two.refusal(0.2, 0, 0, 4)).isEmpty();
    assertThat(two.refusal(0.2, 0, 0, 5)).isPresent();
  }
}
