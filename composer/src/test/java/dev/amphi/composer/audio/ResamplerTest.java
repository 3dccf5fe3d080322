package dev.amphi.composer.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplerTest {
  private static final int LENGTH = 48_000;
  private static final int AT = Resampler.BEFORE;

  private final Resampler resampler = new Resampler();

  private static float[] sine(double hertz) {
    float[] in = new float[2 * (LENGTH + 1_000)];
    for (int i = 0; i < in.length / 2; i++) {
      in[2 * i] = (float) (0.5 * Math.sin(2 * Math.PI * hertz * (i - AT) / 48_000));
      in[2 * i + 1] = -in[2 * i];
    }
    return in;
  }

  /** In dB: a sine against all that is not that sine. */
  private double signalToNoise(double hertz, double fromSpeed, double toSpeed) {
    float[] out = new float[2 * LENGTH];
    resampler.read(sine(hertz), AT, 0.37, fromSpeed, toSpeed, out, LENGTH);
    double signal = 0;
    double noise = 0;
    for (int i = 0; i < LENGTH; i++) {
      double position = 0.37 + (fromSpeed + (toSpeed - fromSpeed) * i / (2.0 * LENGTH)) * i;
      double pure = 0.5 * Math.sin(2 * Math.PI * hertz * position / 48_000);
      signal += pure * pure;
      noise += (out[2 * i] - pure) * (out[2 * i] - pure);
      assertThat(out[2 * i + 1]).isEqualTo(-out[2 * i]);
    }
    return 10 * Math.log10(signal / noise);
  }

  @ParameterizedTest(name = "{0} Hz: {1} dB at least")
  @CsvSource({"100, 95", "1000, 95", "4000, 95", "10000, 95", "16000, 85"})
  void addsNothingThatIsHeard(double hertz, double least) {
    for (double speed : new double[] {1.0002, 0.9998, 1.003, 0.997}) {
      double found = signalToNoise(hertz, speed, speed);
      System.out.printf("resampler: %.0f Hz at speed %.4f: %.1f dB%n", hertz, speed, found);
      assertThat(found).as("speed %s", speed).isGreaterThan(least);
    }
    assertThat(signalToNoise(hertz, 0.997, 1.003)).as("changing").isGreaterThan(least);
  }

  @Test
  void givesTheSampleItselfAtAWholeOne() {
    float[] in = sine(5_000);
    float[] out = new float[200];
    resampler.read(in, AT + 50, 0, 1, 1, out, 100);
    for (int i = 0; i < 100; i++) {
      assertThat(out[2 * i]).isEqualTo(in[2 * (AT + 50 + i)]);
    }
    resampler.read(in, AT + 50, 0, 1, 1.000000001, out, 100);
    for (int i = 0; i < 100; i++) {
      assertThat(out[2 * i]).isCloseTo(in[2 * (AT + 50 + i)], within(0.00001f));
    }
  }

  @Test
  void keepsSilenceSilent() {
    float[] out = new float[200];
    resampler.read(new float[400], AT, 0.5, 1, 1.001, out, 100);
    assertThat(out).containsOnly(0f);
  }

  @Test
  void readsBothChannelsAlikeWhetherTheyAreEqualOrNot() {
    float[] apart = sine(700);
    float[] equal = sine(700);
    for (int i = 0; i < equal.length; i += 2) {
      equal[i + 1] = equal[i];
    }
    float[] outApart = new float[2_000];
    float[] outEqual = new float[2_000];
    resampler.read(apart, AT, 0.25, 1.001, 1.002, outApart, 1_000);
    resampler.read(equal, AT, 0.25, 1.001, 1.002, outEqual, 1_000);
    for (int i = 0; i < 2_000; i += 2) {
      assertThat(outEqual[i]).isEqualTo(outApart[i]).isEqualTo(outEqual[i + 1]);
    }
  }
}
