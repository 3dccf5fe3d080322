package dev.amphi.composer.audio;

/**
 * Brings one voice to the programme's loudness, whatever microphone it comes from: slowly, within
 * bounds, and by what is speech only, so that pauses are not pumped up.
 */
final class Leveller {
  /** What the programme should have (EBU R 128 s2 for streaming), in LUFS. */
  static final double TARGET = -16;

  private static final int STEP = 4_800; // 100 ms at 48 kHz
  private static final double NOISE = -52; // what is quieter is a room, not a voice
  private static final double PAUSE = 18; // so far below the voice, it pauses
  private static final double FIRST_WEIGHT = 0.5;
  private static final double LEAST_WEIGHT = 1.0 / 30; // a memory of three seconds of speech
  private static final double CLEAR = 9; // less far below the voice, it is that voice
  private static final double FORGETS = 0.5; // dB a step, while another, quieter voice goes on
  private static final double LIVELY = 6; // dB that a voice moves within a second; a noise does not
  private static final int SECOND = 10; // steps
  private static final double UP = 0.6; // dB a step
  private static final double DOWN = 2;

  private final KWeighting ear = new KWeighting();
  private final double range;
  private double weight = 1;
  private double speech = Double.NaN;
  private double heard = LoudnessMeter.SILENCE;
  private final double[] quieter = new double[SECOND];
  private int steps;
  private double gain;
  private double sum;
  private int filled;

  /**
   * @param range how far it may turn up or down, in dB
   */
  Leveller(double range) {
    this.range = range;
  }

  /** Hears a block of interleaved stereo, before any gain. */
  void hear(float[] interleaved, int samples) {
    for (int i = 0; i < samples; i++) {
      double weighted = ear.weight((interleaved[2 * i] + interleaved[2 * i + 1]) / 2);
      sum += 2 * weighted * weighted;
      if (++filled == STEP) {
        step(KWeighting.lufs(sum / STEP));
        filled = 0;
        sum = 0;
      }
    }
  }

  private void step(double lufs) {
    heard = lufs;
    if (lufs > speech - CLEAR) {
      steps = 0;
    } else if (lufs > NOISE) {
      quieter[steps++ % SECOND] = lufs;
    }
    if (!speaking()) {
      // What was learnt from a bang or another microphone must not silence the ear for good.
      speech -= lufs > NOISE && lively() ? FORGETS : 0;
      return;
    }
    if (Double.isNaN(speech)) {
      speech = lufs;
      weight = FIRST_WEIGHT;
    } else {
      // Means of energy, as the meter's: what is loud counts for more.
      double mean = Math.pow(10, speech / 10) * (1 - weight) + Math.pow(10, lufs / 10) * weight;
      speech = 10 * Math.log10(mean);
      weight = Math.max(LEAST_WEIGHT, weight * 0.9);
    }
    double wanted = Math.clamp(TARGET - speech, -range, range);
    gain = Math.clamp(wanted, gain - DOWN, gain + UP);
  }

  private boolean lively() {
    double least = Double.MAX_VALUE;
    double most = -Double.MAX_VALUE;
    for (double each : quieter) {
      least = Math.min(least, each);
      most = Math.max(most, each);
    }
    return steps >= SECOND && most - least >= LIVELY;
  }

  /** Whether the last 100 ms were the voice, and not a pause. */
  boolean speaking() {
    return heard > NOISE && (Double.isNaN(speech) || heard > speech - PAUSE);
  }

  /** The loudness of the last 100 ms with the gain, in LUFS. */
  double loudness() {
    return heard + gain;
  }

  /** What the voice is to be turned up by, in dB. */
  double gain() {
    return gain;
  }
}
