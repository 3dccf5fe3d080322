package dev.amphi.composer.audio;

/**
 * What is heard of a voice where there is nothing to decode. As long as the decoder makes something
 * up by itself that is taken; else the last pitch period is repeated. Either stays whole for 20 ms
 * and has faded to silence after 120 ms, so that a lost packet is hardly heard and a lost publisher
 * does not hum. What is real again takes over within 5 ms.
 */
final class Concealment {
  /** Samples over which what is real again takes over from what was made up: 5 ms. */
  static final int CROSSFADE = 240;

  private static final int HISTORY = 1_920;
  private static final int COMPARED = 480;
  private static final int LEAST_LAG = 120;
  private static final int MOST_LAG = 960;
  private static final int WHOLE = 960;
  private static final int SILENT = 5_760;
  private static final int STEP = 96;
  private static final float[] STEP_FADES = new float[STEP];

  static {
    for (int i = 0; i < STEP; i++) {
      STEP_FADES[i] = (float) (0.5 + 0.5 * Math.cos(Math.PI * i / STEP));
    }
  }

  private final float[] history = new float[2 * HISTORY];
  private final float[] continued = new float[2 * CROSSFADE];
  private int made;
  private boolean repeating;
  private int lag = MOST_LAG;
  private int phase;
  private float level;
  private final float[] period = new float[2 * MOST_LAG];
  private final float[] step = new float[2];
  private int sinceStep;

  /** Remembers real sound. */
  void heard(float[] interleaved, int from, int samples) {
    int kept = Math.min(samples, HISTORY);
    System.arraycopy(history, 2 * kept, history, 0, 2 * (HISTORY - kept));
    System.arraycopy(
        interleaved, 2 * (from + samples - kept), history, 2 * (HISTORY - kept), 2 * kept);
  }

  /** Whether it is repeating: then a decoder's own making no longer fits. */
  boolean repeating() {
    return repeating;
  }

  /** Whether what was made up until now has faded away. */
  boolean faded() {
    return made >= SILENT;
  }

  /** Fades what a decoder made up, in place, and remembers it. */
  void madeByDecoder(float[] interleaved, int samples) {
    for (int i = 0; i < samples; i++) {
      float gain = gain();
      made = Math.min(SILENT, made + 1);
      interleaved[2 * i] *= gain;
      interleaved[2 * i + 1] *= gain;
    }
    heard(interleaved, 0, samples);
  }

  /** Writes made up sound. */
  void extend(float[] out, int at, int samples) {
    if (!repeating) {
      repeating = true;
      lag = period();
      phase = 0;
      level = gain();
      prepare();
    }
    for (int i = 0; i < samples; i++) {
      float gain = level == 0 ? 0 : gain() / level;
      made = Math.min(SILENT, made + 1); // silence may last for hours
      float rest = sinceStep < STEP ? STEP_FADES[sinceStep++] : 0;
      out[2 * (at + i)] = (period[2 * phase] + step[0] * rest) * gain;
      out[2 * (at + i) + 1] = (period[2 * phase + 1] + step[1] * rest) * gain;
      phase = phase + 1 == lag ? 0 : phase + 1;
    }
  }

  /**
   * The period that is repeated. Its end is blended with what came before its beginning, so that it
   * meets itself without a step; and where it begins for the first time the step is faded away.
   */
  private void prepare() {
    System.arraycopy(history, 2 * (HISTORY - lag), period, 0, 2 * lag);
    int blended = Math.min(lag / 2, STEP);
    for (int i = 0; i < blended; i++) {
      float earlier = (i + 1) / (float) (blended + 1);
      for (int channel = 0; channel < 2; channel++) {
        int at = 2 * (lag - blended + i) + channel;
        float before = history[2 * (HISTORY - lag - blended + i) + channel];
        period[at] = period[at] * (1 - earlier) + before * earlier;
      }
    }
    for (int channel = 0; channel < 2; channel++) {
      float last = history[2 * HISTORY - 2 + channel];
      float next = last + last - history[2 * HISTORY - 4 + channel];
      step[channel] = next - period[channel];
    }
    sinceStep = 0;
  }

  private float gain() {
    return made <= WHOLE ? 1 : (SILENT - made) / (float) (SILENT - WHOLE);
  }

  /**
   * How much to make up so that what comes after it fits: whole periods, when the voice has a pitch
   * of 100 Hz or more.
   */
  int fitting(int samples) {
    int period = repeating ? lag : period();
    int whole = (samples + period / 2) / period * period;
    return period > MOST_LAG / 2 || whole == 0 ? samples : whole;
  }

  /**
   * Leads from what was made up to what is real again, in place.
   *
   * @param follows whether a decoder made both, one after the other
   */
  void resume(float[] interleaved, int from, int samples, boolean follows) {
    if (made == 0 && follows) {
      return;
    }
    int blended = Math.min(CROSSFADE, samples);
    float before = gain();
    boolean fades = follows && !repeating;
    if (!fades) {
      extend(continued, 0, blended);
    }
    for (int i = 0; i < blended; i++) {
      float real = i / (float) blended;
      for (int channel = 0; channel < 2; channel++) {
        int at = 2 * (from + i) + channel;
        interleaved[at] =
            fades
                ? interleaved[at] * (before + (1 - before) * real)
                : interleaved[at] * real + continued[2 * i + channel] * (1 - real);
      }
    }
    made = 0;
    repeating = false;
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
