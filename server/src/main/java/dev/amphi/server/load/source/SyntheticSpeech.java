package dev.amphi.server.load.source;

import java.util.SplittableRandom;

/**
 * The sound of a synthetic participant: syllables of a pulse train through three resonances that
 * glide between vowels, in phrases with pauses. 48 kHz, mono; the same seed gives the same sound.
 */
public final class SyntheticSpeech {
  /** Samples per second. */
  public static final int SAMPLE_RATE = 48_000;

  /** First three formants of a, e, i, o, u in Hz (Peterson and Barney 1952, rounded). */
  private static final double[][] VOWELS = {
    {730, 1_090, 2_440},
    {530, 1_840, 2_480},
    {270, 2_290, 3_010},
    {570, 840, 2_410},
    {300, 870, 2_240}
  };

  private static final double[] BANDWIDTHS = {80, 110, 160};
  private static final double[] GAINS = {1, 0.6, 0.3};
  private static final double LEVEL = 0.22;

  private final SplittableRandom random;
  private final double pitchHz;
  private final Resonance[] resonances = {new Resonance(), new Resonance(), new Resonance()};
  private final double[] formants = VOWELS[0].clone();
  private double[] target = VOWELS[0];
  private double phase;
  private double melody = 1;
  private int syllablesLeft;
  private int position;
  private int length;
  private boolean voiced;

  /**
   * Makes a voice.
   *
   * @param pitchHz of the voice, 60–400
   * @param seed chooses what it says
   */
  public SyntheticSpeech(double pitchHz, long seed) {
    if (pitchHz < 60 || pitchHz > 400) {
      throw new IllegalArgumentException("A voice has 60–400 Hz, this one " + pitchHz);
    }
    this.pitchHz = pitchHz;
    random = new SplittableRandom(seed);
  }

  /** The voice of a participant; each of the first eight has a pitch of its own. */
  public static SyntheticSpeech of(int index) {
    return new SyntheticSpeech(105 + 22 * Math.floorMod(index, 8), 7_919L * (index + 1));
  }

  /** Writes the next samples, in −1…1, the same to the left and the right. */
  public void next(float[] interleavedStereo) {
    for (int i = 0; i + 1 < interleavedStereo.length; i += 2) {
      float sample = (float) sample();
      interleavedStereo[i] = sample;
      interleavedStereo[i + 1] = sample;
    }
  }

  private double sample() {
    if (position >= length) {
      nextSegment();
    }
    if (position % 240 == 0) {
      glide();
    }
    double source = voiced ? pulse() * envelope() : 0;
    double sum = 0;
    for (int i = 0; i < resonances.length; i++) {
      sum += GAINS[i] * resonances[i].filter(source);
    }
    position++;
    return Math.clamp(sum * LEVEL, -0.9, 0.9);
  }

  /** A phrase of syllables with tiny gaps, then a breath. */
  private void nextSegment() {
    position = 0;
    if (voiced) {
      voiced = false;
      length = syllablesLeft > 0 ? millis(15, 50) : millis(350, 900);
      return;
    }
    if (syllablesLeft == 0) {
      syllablesLeft = random.nextInt(4, 12);
      melody = 1.15;
    }
    syllablesLeft--;
    melody = Math.max(0.85, melody - 0.03 + (random.nextDouble() - 0.5) * 0.08);
    voiced = true;
    length = millis(110, 260);
    target = VOWELS[random.nextInt(VOWELS.length)];
  }

  private int millis(int least, int most) {
    return SAMPLE_RATE / 1_000 * random.nextInt(least, most + 1);
  }

  private void glide() {
    for (int i = 0; i < formants.length; i++) {
      formants[i] += (target[i] - formants[i]) * 0.15;
      resonances[i].tune(formants[i], BANDWIDTHS[i]);
    }
  }

  /** A rounded sawtooth: rich in harmonics that fall off as the glottis' do. */
  private double pulse() {
    phase += pitchHz * melody / SAMPLE_RATE;
    phase -= Math.floor(phase);
    double open = phase < 0.6 ? Math.sin(Math.PI * phase / 0.6) : 0;
    return open * open - 0.3;
  }

  private double envelope() {
    double rise = SAMPLE_RATE * 0.02;
    return Math.min(1, Math.min(position / rise, (length - position) / (2 * rise)));
  }

  /** A resonator of second order with unit gain at its frequency, roughly. */
  private static final class Resonance {
    private double gain;
    private double back1;
    private double back2;
    private double last1;
    private double last2;

    void tune(double hz, double bandwidthHz) {
      double radius = Math.exp(-Math.PI * bandwidthHz / SAMPLE_RATE);
      double angle = 2 * Math.PI * hz / SAMPLE_RATE;
      back1 = 2 * radius * Math.cos(angle);
      back2 = -radius * radius;
      gain = (1 - radius) * 2 * Math.sin(angle) + (1 - radius) * 0.2;
    }

    double filter(double in) {
      double out = gain * in + back1 * last1 + back2 * last2;
      last2 = last1;
      last1 = out;
      return out;
    }
  }
}
