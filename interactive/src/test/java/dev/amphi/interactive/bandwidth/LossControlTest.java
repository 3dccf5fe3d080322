package dev.amphi.interactive.bandwidth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The limit by loss alone, on a way that lets nothing wait. */
class LossControlTest {
  private static final double MEDIA = 1e6;
  private static final int WINDOWS = 16;

  private final LossControl control = new LossControl(30_000, 30_000_000);
  private final Random random = new Random(7);
  private long now;
  private double lost;

  /** A window in which so much was sent, over a way that carries so much and loses a part of it. */
  private double window(double sent, double capacity, double radio, long targetBps) {
    double ratio = 1 - Math.min(1, capacity / sent) * (1 - radio);
    int packets = (int) (sent * 0.5 / 8 / 1000) + 30;
    int missing = 0;
    for (int i = 0; i < packets; i++) {
      boolean arrived = random.nextDouble() >= ratio;
      control.onReported(arrived);
      missing += arrived ? 0 : 1;
    }
    long ackedBps = (long) (sent * (1 - ratio));
    now += LossControl.WINDOW_NANOS;
    control.update(targetBps, ackedBps, (long) sent, false, now);
    return missing / (double) packets;
  }

  /** Sends what the limit allows, up to what there is. */
  private double adaptive(double capacity, double radio, int windows) {
    lost = 0;
    for (int i = 0; i < windows; i++) {
      long target = (long) Math.min(1.3 * MEDIA, (double) control.limitBps());
      lost += window(Math.min(MEDIA, (double) target), capacity, radio, target) / windows;
    }
    return lost;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.65, 0.7, 0.75, 0.8, 0.82, 0.85, 0.9})
  void whatDoesNotFitIsNoRadio(double share) {
    control.least(false);
    adaptive(share * MEDIA, 0, WINDOWS);
    assertThat(adaptive(share * MEDIA, 0, 60)).isLessThan(0.05);
    assertThat(control.limitBps()).isGreaterThan((long) (0.6 * share * MEDIA));
  }

  @ParameterizedTest
  @CsvSource({"0.05,false", "0.05,true", "0.15,true", "0.2,true", "0.25,true", "0.3,true"})
  void whatARadioLosesIsTakenOff(double radio, boolean least) {
    control.least(least);
    adaptive(10 * MEDIA, radio, 2 * WINDOWS);
    assertThat(control.limitBps()).isGreaterThan((long) (0.95 * MEDIA));
  }

  /** The estimate allows more than is sent: a tenth less than that changes nothing. */
  @ParameterizedTest
  @ValueSource(doubles = {0.72, 0.75, 0.85})
  void aTrialThatNeverTookPlaceProvesNothing(double share) {
    control.least(false);
    for (int i = 0; i < WINDOWS; i++) {
      window(MEDIA, share * MEDIA, 0, (long) Math.min(2.5 * MEDIA, (double) control.limitBps()));
    }
    assertThat(control.limitBps()).isLessThan((long) MEDIA);
  }
}
