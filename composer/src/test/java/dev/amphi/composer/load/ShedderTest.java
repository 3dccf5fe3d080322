package dev.amphi.composer.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.composer.api.Shed;
import org.junit.jupiter.api.Test;

class ShedderTest {
  private static final long MS = 1_000_000L;
  private static final long STEP = 33 * MS;

  private static final long BEGAN_NANOS = 1_000_000_000L;

  private final Shedder shedder = new Shedder();
  private long nowNanos = 5_000_000_000L;

  ShedderTest() {
    shedder.observe(BEGAN_NANOS, new Strain(0, 0, "drawing"));
  }

  /** Goes on for that long; returns after how many milliseconds the step changed, or -1. */
  private long during(long millis, long lateMillis, double busy) {
    long start = nowNanos;
    Shed before = shedder.shed();
    long changed = -1;
    while (nowNanos - start < millis * MS) {
      nowNanos += STEP;
      if (observe(lateMillis, busy) != before && changed < 0) {
        changed = (nowNanos - start) / MS;
      }
    }
    return changed;
  }

  private Shed observe(long lateMillis, double busy) {
    return shedder.observe(nowNanos, new Strain(lateMillis * MS, busy, "drawing"));
  }

  private Shed after(long millis, long lateMillis, double busy) {
    during(millis, lateMillis, busy);
    return shedder.shed();
  }

  @Test
  void keepsEverythingWhileTheProgramIsInTime() {
    assertThat(after(60_000, 20, 0.6)).isEqualTo(Shed.NOTHING);
  }

  @Test
  void givesUpTheFirstThingWithinASecondAndTheNextInTheStatedOrder() {
    assertThat(during(900, 300, 0.5)).isBetween(500L, 600L);
    assertThat(shedder.shed()).isEqualTo(Shed.FRAME_RATE);
    assertThat(after(1_000, 300, 0.5)).isEqualTo(Shed.PRESET);
    assertThat(after(1_000, 300, 0.5)).isEqualTo(Shed.RESOLUTION);
    assertThat(after(1_000, 300, 0.5)).isEqualTo(Shed.STUDENT_VIDEO);
    assertThat(after(10_000, 300, 0.5)).isEqualTo(Shed.STUDENT_VIDEO);
  }

  @Test
  void givesUpSomethingWhenAThreadHasNoTimeLeftThoughNothingIsLateYet() {
    assertThat(during(3_500, 10, 0.95)).isBetween(3_000L, 3_100L);
    assertThat(shedder.shed()).isEqualTo(Shed.FRAME_RATE);
  }

  /** Code that runs for the first time is interpreted: slow, but soon no more. */
  @Test
  void aColdStartCostsNothing() {
    assertThat(after(400, 250, 1)).isEqualTo(Shed.NOTHING);
    assertThat(after(1_500, 60, 0.97)).isEqualTo(Shed.NOTHING);
    assertThat(after(60_000, 5, 0.3)).isEqualTo(Shed.NOTHING);
  }

  @Test
  void aStrainOfASecondCostsThreeSecondsOfHalfThePictures() {
    assertThat(after(1_000, 300, 1)).isEqualTo(Shed.FRAME_RATE);
    assertThat(during(3_000, 10, 0.3)).isBetween(2_500L, 2_600L);
    assertThat(shedder.shed()).isEqualTo(Shed.NOTHING);
    assertThat(after(60_000, 10, 0.5)).isEqualTo(Shed.NOTHING);
  }

  @Test
  void takesNothingForStrainWhileTheProcessBegins() {
    Shedder begins = new Shedder();
    Strain late = new Strain(800 * MS, 1, "drawing");
    for (long atNanos = 0; atNanos < 3_400 * MS; atNanos += STEP) {
      assertThat(begins.observe(atNanos, late)).isEqualTo(Shed.NOTHING);
    }
    assertThat(begins.observe(3_600 * MS, late)).isEqualTo(Shed.FRAME_RATE);
  }

  @Test
  void doesNotMindAHiccup() {
    for (int i = 0; i < 20; i++) {
      assertThat(after(400, 400, 1)).isEqualTo(Shed.NOTHING);
      assertThat(after(100, 0, 0.3)).isEqualTo(Shed.NOTHING);
    }
  }

  @Test
  void takesBackOneThingAfterTheOther() {
    after(1_600, 300, 1);
    assertThat(shedder.shed()).isEqualTo(Shed.PRESET);
    assertThat(during(3_000, 10, 0.3)).isBetween(2_500L, 2_600L);
    assertThat(shedder.shed()).isEqualTo(Shed.FRAME_RATE);
    assertThat(during(3_000, 10, 0.3)).isBetween(2_000L, 2_200L); // since the last change
    assertThat(shedder.shed()).isEqualTo(Shed.NOTHING);
  }

  @Test
  void takesNothingBackWhileThatWouldNotFit() {
    after(700, 300, 1);
    assertThat(after(60_000, 10, 0.6)).isEqualTo(Shed.FRAME_RATE);
  }

  @Test
  void waitsTenSecondsAndThenTwiceAsLongWhenItTookSomethingBackTooEarly() {
    after(700, 300, 1);
    assertThat(after(2_700, 10, 0.3)).isEqualTo(Shed.NOTHING);
    assertThat(after(1_500, 300, 1)).isEqualTo(Shed.FRAME_RATE);
    assertThat(after(9_000, 10, 0.3)).isEqualTo(Shed.FRAME_RATE);
    assertThat(after(1_500, 10, 0.3)).isEqualTo(Shed.NOTHING);
    assertThat(after(1_500, 300, 1)).isEqualTo(Shed.FRAME_RATE);
    assertThat(after(19_000, 10, 0.3)).isEqualTo(Shed.FRAME_RATE);
    assertThat(after(1_500, 10, 0.3)).isEqualTo(Shed.NOTHING);
  }

  @Test
  void remembersAnEarlyReturnForTenSeconds() {
    after(700, 300, 1);
    after(2_700, 10, 0.3);
    assertThat(after(8_000, 10, 0.5)).isEqualTo(Shed.NOTHING);
    assertThat(after(700, 300, 1)).isEqualTo(Shed.FRAME_RATE);
    assertThat(after(9_000, 10, 0.3)).isEqualTo(Shed.FRAME_RATE);
  }

  @Test
  void forgetsThatItWasTooEarlyOnceAllWentWellForHalfAMinute() {
    after(700, 300, 1);
    after(2_700, 10, 0.3);
    after(1_500, 300, 1);
    assertThat(after(11_000, 10, 0.3)).isEqualTo(Shed.NOTHING);
    after(31_000, 10, 0.3);
    after(700, 300, 1);
    assertThat(after(2_700, 10, 0.3)).isEqualTo(Shed.NOTHING);
  }

  @Test
  void flapsLessAndLessWhateverTheMachineDoes() {
    long changes = 0;
    Shed last = shedder.shed();
    for (int i = 0; i < 36_000; i++) { // twenty minutes: whatever comes back is too much
      nowNanos += STEP;
      boolean whole = shedder.shed() == Shed.NOTHING;
      Shed now = observe(whole ? 300 : 0, whole ? 1 : 0.3);
      changes += now == last ? 0 : 1;
      last = now;
    }
    assertThat(changes).isLessThan(25);
  }
}
