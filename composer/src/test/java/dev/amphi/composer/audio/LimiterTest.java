package dev.amphi.composer.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimiterTest {
  private static final float TOLERANCE = 1e-5f;

  private final Limiter limiter = new Limiter();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void nothingPassesTheCeiling(long seed) {
    Random random = new Random(seed);
    for (int block = 0; block < 40; block++) {
      float[] sound = new float[2 * 1_600];
      float level = random.nextFloat() * 8;
      for (int i = 0; i < sound.length; i++) {
        sound[i] = random.nextInt(50) == 0 ? level * (random.nextFloat() * 2 - 1) : 0.1f;
      }
      limiter.apply(sound, 1_600);
      for (float sample : sound) {
        assertThat(Math.abs(sample)).isLessThanOrEqualTo(Limiter.CEILING + TOLERANCE);
      }
    }
  }

  @Test
  void whatIsQuietComesOutAsItWentInFiveMillisecondsLater() {
    float[] in = new float[2 * 4_800];
    for (int i = 0; i < in.length; i++) {
      in[i] = (float) (0.8 * Math.sin(i * 0.01));
    }
    float[] out = in.clone();
    limiter.apply(out, 4_800);
    for (int i = 0; i < Limiter.DELAY; i++) {
      assertThat(out[2 * i]).isZero();
    }
    for (int i = 2 * Limiter.DELAY; i < out.length; i++) {
      assertThat(out[i]).isCloseTo(in[i - 2 * Limiter.DELAY], within(1e-6f));
    }
  }

  @Test
  void theGainIsDownBeforeThePeakAndMovesWithoutAStep() {
    float[] sound = new float[2 * 9_600];
    Arrays.fill(sound, 0.5f);
    sound[2 * 4_000] = 5;
    limiter.apply(sound, 9_600);
    float steepest = 0;
    for (int i = 1_000; i < 9_600; i++) {
      steepest = Math.max(steepest, Math.abs(sound[2 * i + 1] - sound[2 * i - 1]));
    }
    // From 0.5 to a sixth of it within 5 ms: no sample differs much from the one before.
    assertThat(steepest).isLessThan(0.005f);
    assertThat(sound[2 * (4_000 + Limiter.DELAY)]).isCloseTo(Limiter.CEILING, within(0.01f));
    assertThat(sound[2 * 9_599 + 1]).isGreaterThan(0.2f);
  }
}
