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
    shedder.observe(BEGAN_NANOS, 0, 0);
  }

  /** Goes on for that long; returns after how many milliseconds the step changed, or -1. */
  private long during(long millis, long lateMillis, double busy) {
    long start = nowNanos;
    Shed before = shedder.shed();
    long changed = -1;
    while (nowNanos - start < millis * MS) {
      nowNanos += STEP;
      if (shedder.observe(nowNanos, lateMillis * MS, busy) != before && changed < 0) {
        changed = (nowNanos - start) / MS;
      }
    }
    return changed;
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
    assertThat(after(700, 10, 0.95)).isEqualTo(Shed.FRAME_RATE);
  }

  @Test
  void takesNothingForStrainWhileTheProcessBegins() {
    Shedder begins = new Shedder();
    for (long atNanos = 0; atNanos < 3_400 * MS; atNanos += STEP) {
      assertThat(begins.observe(atNanos, 800 * MS, 1)).isEqualTo(Shed.NOTHING);
    }
    assertThat(begins.observe(3_600 * MS, 800 * MS, 1)).isEqualTo(Shed.FRAME_RATE);
  }

  @Test
  void doesNotMindAHiccup() {
    for (int i = 0; i < 20; i++) {
      assertThat(after(400, 400, 1)).isEqualTo(Shed.NOTHING);
      assertThat(after(100, 0, 0.3)).isEqualTo(Shed.NOTHING);
    }
  }

  @Test
  void takesBackOneThingAfterTenSecondsOfCalm() {
    after(1_600, 300, 1);
    assertThat(shedder.shed()).isEqualTo(Shed.PRESET);
    assertThat(during(12_000, 10, 0.3)).isBetween(10_000L, 10_100L);
    assertThat(shedder.shed()).isEqualTo(Shed.FRAME_RATE);
    assertThat(during(12_000, 10, 0.3)).isBetween(8_000L, 8_300L); // since the last change
    assertThat(shedder.shed()).isEqualTo(Shed.NOTHING);
  }

  @Test
  void takesNothingBackWhileThatWouldNotFit() {
    after(700, 300, 1);
    assertThat(after(60_000, 10, 0.6)).isEqualTo(Shed.FRAME_RATE);
  }

  @Test
  void waitsTwiceAsLongWhenItTookSomethingBackTooEarly() {
    after(700, 300, 1);
    assertThat(after(10_200, 10, 0.3)).isEqualTo(Shed.NOTHING);
    assertThat(after(1_500, 300, 1)).isEqualTo(Shed.FRAME_RATE);
    assertThat(after(15_000, 10, 0.3)).isEqualTo(Shed.FRAME_RATE);
    assertThat(after(6_000, 10, 0.3)).isEqualTo(Shed.NOTHING);
    assertThat(after(1_500, 300, 1)).isEqualTo(Shed.FRAME_RATE);
    assertThat(after(35_000, 10, 0.3)).isEqualTo(Shed.FRAME_RATE);
    assertThat(after(6_000, 10, 0.3)).isEqualTo(Shed.NOTHING);
  }

  @Test
  void forgetsThatItWasTooEarlyOnceAllWentWellForLong() {
    after(700, 300, 1);
    after(10_200, 10, 0.3);
    after(1_500, 300, 1);
    assertThat(after(21_000, 10, 0.3)).isEqualTo(Shed.NOTHING);
    after(60_000, 10, 0.3);
    after(700, 300, 1);
    assertThat(after(10_500, 10, 0.3)).isEqualTo(Shed.NOTHING);
  }

  @Test
  void flapsAtMostASixthOfTheTimeWhateverTheMachineDoes() {
    long changes = 0;
    Shed last = shedder.shed();
    for (int i = 0; i < 36_000; i++) { // twenty minutes: whatever comes back is too much
      nowNanos += STEP;
      boolean whole = shedder.shed() == Shed.NOTHING;
      Shed now = shedder.observe(nowNanos, whole ? 300 * MS : 0, whole ? 1 : 0.3);
      changes += now == last ? 0 : 1;
      last = now;
    }
    assertThat(changes).isLessThan(25);
  }
}
