package dev.amphi.composer.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The minimum requirements of EBU Tech 3341 that concern a stereo programme in blocks. */
class LoudnessMeterTest {
  private static final int BLOCK = 1_600;

  private final LoudnessMeter meter = new LoudnessMeter();
  private long samples;

  /** A tone of 1 kHz in both channels, with that peak level. */
  private void tone(double dbfs, double seconds) {
    double amplitude = Math.pow(10, dbfs / 20);
    float[] block = new float[2 * BLOCK];
    for (int blocks = (int) Math.round(seconds * 30); blocks > 0; blocks--) {
      for (int i = 0; i < BLOCK; i++, samples++) {
        float value = (float) (amplitude * Math.sin(2 * Math.PI * 1_000 * samples / 48_000));
        block[2 * i] = value;
        block[2 * i + 1] = value;
      }
      meter.add(block, BLOCK);
    }
  }

  @Test
  void aToneOfMinus23IsMinus23() {
    tone(-23, 20);
    assertThat(meter.momentary()).isCloseTo(-23, within(0.1));
    assertThat(meter.integrated()).isCloseTo(-23, within(0.1));
  }

  @Test
  void whatIsMuchQuieterDoesNotCount() {
    tone(-36, 10);
    tone(-23, 60);
    tone(-36, 10);
    assertThat(meter.integrated()).isCloseTo(-23, within(0.1));
  }

  @Test
  void silenceDoesNotEvenMoveTheGate() {
    tone(-72, 10);
    tone(-36, 10);
    tone(-23, 60);
    tone(-36, 10);
    tone(-72, 10);
    assertThat(meter.integrated()).isCloseTo(-23, within(0.1));
  }

  @Test
  void loudAndQuietPartsMeetInTheirEnergy() {
    tone(-26, 20);
    tone(-20, 20.1);
    tone(-26, 20);
    assertThat(meter.integrated()).isCloseTo(-23, within(0.1));
  }

  @Test
  void whatIsSilentHasNoLoudness() {
    assertThat(meter.integrated()).isEqualTo(LoudnessMeter.SILENCE);
    meter.add(new float[2 * 48_000], 48_000);
    assertThat(meter.integrated()).isEqualTo(LoudnessMeter.SILENCE);
    assertThat(meter.momentary()).isLessThan(LoudnessMeter.SILENCE);
  }
}
