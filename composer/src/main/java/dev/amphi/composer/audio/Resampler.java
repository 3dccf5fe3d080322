package dev.amphi.composer.audio;

import java.util.Arrays;

/**
 * Reads interleaved stereo at any instant between its samples, at any speed near one: a sinc of 24
 * taps under a Kaiser window, 256 phases, interpolated linearly between them. At a whole sample it
 * gives that sample exactly, so that nothing changes when it begins or ends to correct a speed.
 */
final class Resampler {
  /** Samples it needs before the one it reads at. */
  static final int BEFORE = 11;

  /** Samples it needs after the one it reads at. */
  static final int AFTER = 12;

  private static final int TAPS = BEFORE + 1 + AFTER;
  private static final int PHASES = 256;
  private static final double KAISER_BETA = 9;
  private static final float[] KERNEL = kernel();

  private static float[] kernel() {
    float[] rows = new float[(PHASES + 1) * TAPS];
    for (int phase = 0; phase <= PHASES; phase++) {
      double[] row = new double[TAPS];
      double sum = 0;
      for (int tap = 0; tap < TAPS; tap++) {
        double distance = tap - BEFORE - phase / (double) PHASES;
        row[tap] = sinc(distance) * window(distance / AFTER);
        sum += row[tap];
      }
      for (int tap = 0; tap < TAPS; tap++) {
        rows[phase * TAPS + tap] = (float) (row[tap] / sum);
      }
    }
    return rows;
  }

  private static double sinc(double x) {
    if (x == Math.rint(x)) {
      return x == 0 ? 1 : 0;
    }
    return Math.sin(Math.PI * x) / (Math.PI * x);
  }

  private static double window(double x) {
    return Math.abs(x) >= 1 ? 0 : bessel(KAISER_BETA * Math.sqrt(1 - x * x)) / bessel(KAISER_BETA);
  }

  /** The modified Bessel function of the first kind and order zero, by its series. */
  private static double bessel(double x) {
    double term = 1;
    double sum = 1;
    for (int k = 1; term > sum * 1e-12; k++) {
      term *= (x / (2 * k)) * (x / (2 * k));
      sum += term;
    }
    return sum;
  }

  /**
   * Reads samples, each a little more or less than one after the other.
   *
   * @param in interleaved stereo, {@link #BEFORE} samples more than {@code at} and {@link #AFTER}
   *     more than what is read
   * @param at the sample to begin at
   * @param fraction how far behind that sample to begin, 0 to 1
   * @param fromSpeed samples of {@code in} for each of {@code out}, at the beginning
   * @param toSpeed the same at the end; it changes evenly between
   */
  void read(
      float[] in,
      int at,
      double fraction,
      double fromSpeed,
      double toSpeed,
      float[] out,
      int samples) {
    if (fraction == 0 && fromSpeed == 1 && toSpeed == 1) {
      System.arraycopy(in, 2 * at, out, 0, 2 * samples);
      return;
    }
    double bend = (toSpeed - fromSpeed) / (2.0 * samples);
    int last = at + (int) (fraction + (fromSpeed + bend * samples) * samples);
    if (silent(in, at - BEFORE, last + AFTER)) {
      Arrays.fill(out, 0, 2 * samples, 0);
      return;
    }
    boolean mono = mono(in, at - BEFORE, last + AFTER);
    for (int i = 0; i < samples; i++) {
      double position = fraction + (fromSpeed + bend * i) * i;
      int whole = (int) position;
      if (mono) {
        out[2 * i] = left(in, at + whole, position - whole);
        out[2 * i + 1] = out[2 * i];
      } else {
        both(in, at + whole, position - whole, out, 2 * i);
      }
    }
  }

  private static boolean silent(float[] in, int from, int to) {
    for (int i = 2 * from; i < 2 * to; i++) {
      if (in[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** Most voices are: half of the work is saved. */
  private static boolean mono(float[] in, int from, int to) {
    for (int i = 2 * from; i < 2 * to; i += 2) {
      if (in[i] != in[i + 1]) {
        return false;
      }
    }
    return true;
  }

  /** A sample between two, from what the phases below and above it give. */
  private static float left(float[] in, int at, double fraction) {
    double phase = fraction * PHASES;
    int row = (int) phase;
    float part = (float) (phase - row);
    float low = 0;
    float high = 0;
    int from = 2 * (at - BEFORE);
    int tap = row * TAPS;
    for (int end = tap + TAPS; tap < end; tap++, from += 2) {
      float sample = in[from];
      low += KERNEL[tap] * sample;
      high += KERNEL[tap + TAPS] * sample;
    }
    return low + part * (high - low);
  }

  private static void both(float[] in, int at, double fraction, float[] out, int to) {
    double phase = fraction * PHASES;
    int row = (int) phase;
    float part = (float) (phase - row);
    float lowLeft = 0;
    float lowRight = 0;
    float highLeft = 0;
    float highRight = 0;
    int from = 2 * (at - BEFORE);
    int tap = row * TAPS;
    for (int end = tap + TAPS; tap < end; tap++, from += 2) {
      float low = KERNEL[tap];
      float high = KERNEL[tap + TAPS];
      lowLeft += low * in[from];
      lowRight += low * in[from + 1];
      highLeft += high * in[from];
      highRight += high * in[from + 1];
    }
    out[to] = lowLeft + part * (highLeft - lowLeft);
    out[to + 1] = lowRight + part * (highRight - lowRight);
  }
}
