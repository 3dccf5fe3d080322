package dev.amphi.composer.audio;

/**
 * Fills a gap in a voice: the last pitch period is repeated and fades to silence in 60 ms, so that
 * one lost packet is hardly heard and a lost publisher does not hum.
 */
final class Concealment {
  /** Samples over which what is real again takes over from what was made up: 5 ms. */
  static final int CROSSFADE = 240;

  private static final int HISTORY = 1_920;
  private static final int COMPARED = 480;
  private static final int LEAST_LAG = 120;
  private static final int MOST_LAG = 960;
  private static final int FADE = 2_880;

  private final float[] history = new float[2 * HISTORY];
  private int lag;
  private int made;
  private boolean active;

  /** Remembers real sound. */
  void heard(float[] interleaved, int from, int samples) {
    int kept = Math.min(samples, HISTORY);
    System.arraycopy(history, 2 * kept, history, 0, 2 * (HISTORY - kept));
    System.arraycopy(
        interleaved, 2 * (from + samples - kept), history, 2 * (HISTORY - kept), 2 * kept);
  }

  /** Writes made up sound. */
  void extend(float[] out, int at, int samples) {
    if (!active) {
      active = true;
      made = 0;
      lag = period();
    }
    for (int i = 0; i < samples; i++) {
      float gain = 1 - made / (float) FADE;
      int from = HISTORY - lag + made % lag;
      made = Math.min(FADE, made + 1); // silence may last for hours
      out[2 * (at + i)] = history[2 * from] * gain;
      out[2 * (at + i) + 1] = history[2 * from + 1] * gain;
    }
  }

  /** Blends from what was made up to what is real again, in place. */
  void resume(float[] interleaved, int from, int samples) {
    if (!active) {
      return;
    }
    int blended = Math.min(CROSSFADE, samples);
    float[] continued = new float[2 * blended];
    extend(continued, 0, blended);
    for (int i = 0; i < blended; i++) {
      float real = i / (float) blended;
      for (int channel = 0; channel < 2; channel++) {
        int at = 2 * (from + i) + channel;
        interleaved[at] = interleaved[at] * real + continued[2 * i + channel] * (1 - real);
      }
    }
    active = false;
  }

  /** The lag at which the end of what was heard is most like what came before it. */
  private int period() {
    int best = MOST_LAG;
    double bestLikeness = 0.3; // below this it is noise: the longest period repeats least audibly
    for (int candidate = LEAST_LAG; candidate <= MOST_LAG; candidate++) {
      double likeness = likeness(candidate);
      if (likeness > bestLikeness + 0.0001) {
        bestLikeness = likeness;
        best = candidate;
      }
    }
    return best;
  }

  private double likeness(int candidate) {
    double product = 0;
    double mine = 1e-9;
    double theirs = 1e-9;
    for (int i = HISTORY - COMPARED; i < HISTORY; i += 4) {
      double a = history[2 * i] + history[2 * i + 1];
      double b = history[2 * (i - candidate)] + history[2 * (i - candidate) + 1];
      product += a * b;
      mine += a * a;
      theirs += b * b;
    }
    return product / Math.sqrt(mine * theirs);
  }
}
