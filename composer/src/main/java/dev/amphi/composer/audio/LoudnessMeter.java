package dev.amphi.composer.audio;

/**
 * How loud a stereo programme is (ITU-R BS.1770-5, EBU Tech 3341), in LUFS: momentary over 400 ms,
 * and integrated over all of it, gated. Keeps a histogram of tenths of a unit, not the past.
 */
public final class LoudnessMeter {
  /** What is quieter counts as silence. */
  public static final double SILENCE = -70;

  private static final int STEP = 4_800; // 100 ms at 48 kHz
  private static final int STEPS = 4;
  private static final double RELATIVE_GATE = -10;
  private static final int BINS = 800; // up to +10 LUFS
  private static final double BINS_PER_UNIT = 10;

  private final KWeighting left = new KWeighting();
  private final KWeighting right = new KWeighting();
  private final double[] steps = new double[STEPS];
  private final long[] histogram = new long[BINS];
  private int step;
  private int filled;
  private double sum;

  /** Hears interleaved stereo at 48 kHz. */
  public void add(float[] interleaved, int samples) {
    for (int i = 0; i < samples; i++) {
      double l = left.weight(interleaved[2 * i]);
      double r = right.weight(interleaved[2 * i + 1]);
      sum += l * l + r * r;
      if (++filled == STEP) {
        steps[step++ % STEPS] = sum / STEP;
        filled = 0;
        sum = 0;
        if (step >= STEPS) {
          count(momentary());
        }
      }
    }
  }

  private void count(double lufs) {
    if (lufs > SILENCE) {
      histogram[Math.min(BINS - 1, (int) ((lufs - SILENCE) * BINS_PER_UNIT))]++;
    }
  }

  /** Of the last 400 ms. */
  public double momentary() {
    double all = 0;
    for (double each : steps) {
      all += each;
    }
    return KWeighting.lufs(all / STEPS);
  }

  /** Of all that was heard, without its pauses; {@link #SILENCE} before there is anything. */
  public double integrated() {
    double ungated = mean(0);
    int gate = (int) Math.ceil((ungated + RELATIVE_GATE - SILENCE) * BINS_PER_UNIT);
    return mean(Math.max(0, gate));
  }

  private double mean(int from) {
    double energy = 0;
    long blocks = 0;
    for (int i = from; i < BINS; i++) {
      energy += histogram[i] * Math.pow(10, (SILENCE + (i + 0.5) / BINS_PER_UNIT) / 10);
      blocks += histogram[i];
    }
    return blocks == 0 ? SILENCE : 10 * Math.log10(energy / blocks);
  }
}
