package dev.amphi.composer.audio;

import java.util.Arrays;

/**
 * Keeps the mix below full scale without a crackle: it looks 5 ms ahead, so that the gain is down
 * before the peak is there, and comes back slowly. What goes in comes out {@link #DELAY} samples
 * later.
 */
public final class Limiter {
  /** In samples: 5 ms at 48 kHz. */
  public static final int DELAY = 240;

  /** −1.5 dB, so that what an encoder and a resampler make of it stays below full scale. */
  static final float CEILING = 0.841f;

  private static final float RELEASE = 1f / (0.25f * 48_000); // back by one in 250 ms

  private final float[] delayed = new float[2 * DELAY];
  private final float[] ordered = new float[2 * DELAY];
  private final float[] least = new float[DELAY]; // gains that the samples on the way allow
  private final int[] queue = new int[DELAY]; // of those, rising ones: the first is the least
  private final float[] held = new float[DELAY]; // what the average is taken over
  private int head;
  private int queued;
  private int at;
  private float gain = 1;
  private double sum = DELAY;
  private int openFor = 2 * DELAY;

  /** Is open. */
  public Limiter() {
    Arrays.fill(least, 1);
    Arrays.fill(held, 1);
  }

  /** Limits interleaved stereo in place. */
  public void apply(float[] interleaved, int samples) {
    if (openFor >= 2 * DELAY && samples >= DELAY && quiet(interleaved, samples)) {
      delay(interleaved, samples);
      return;
    }
    for (int i = 0; i < samples; i++) {
      float left = interleaved[2 * i];
      float right = interleaved[2 * i + 1];
      float average = average(Math.max(Math.abs(left), Math.abs(right)));
      interleaved[2 * i] = delayed[2 * at] * average;
      interleaved[2 * i + 1] = delayed[2 * at + 1] * average;
      delayed[2 * at] = left;
      delayed[2 * at + 1] = right;
      at = at + 1 == DELAY ? 0 : at + 1;
    }
  }

  private static boolean quiet(float[] interleaved, int samples) {
    for (int i = 0; i < 2 * samples; i++) {
      if (!(Math.abs(interleaved[i]) <= CEILING)) {
        return false;
      }
    }
    return true;
  }

  /** When nothing has been loud for a while, and is not now, all gains are one and stay so. */
  private void delay(float[] interleaved, int samples) {
    int older = DELAY - at;
    System.arraycopy(delayed, 2 * at, ordered, 0, 2 * older);
    System.arraycopy(delayed, 0, ordered, 2 * older, 2 * at);
    System.arraycopy(interleaved, 2 * (samples - DELAY), delayed, 0, 2 * DELAY);
    System.arraycopy(interleaved, 0, interleaved, 2 * DELAY, 2 * (samples - DELAY));
    System.arraycopy(ordered, 0, interleaved, 0, 2 * DELAY);
    at = 0;
    sum = DELAY;
    head = 0;
    queued = 1;
    queue[0] = DELAY - 1; // the newest sample allows what all others do
  }

  /**
   * The gain of the sample that leaves now: the mean of the last 5 ms of gains, each the least that
   * what was on its way then allowed, the leaving sample among it.
   */
  private float average(float peak) {
    float leaving = (float) (sum / DELAY);
    float allowed = peak > CEILING ? CEILING / peak : 1;
    if (queued > 0 && queue[head] == at) { // its sample leaves
      head = head + 1 == DELAY ? 0 : head + 1;
      queued--;
    }
    while (queued > 0 && least[last()] >= allowed) {
      queued--;
    }
    least[at] = allowed;
    queued++;
    queue[(head + queued - 1) % DELAY] = at;
    float lowest = least[queue[head]];
    gain = gain + RELEASE < lowest ? gain + RELEASE : lowest;
    openFor = gain < 1 ? 0 : openFor < 2 * DELAY ? openFor + 1 : openFor;
    sum += gain - held[at];
    held[at] = gain;
    return leaving;
  }

  private int last() {
    return queue[(head + queued - 1) % DELAY];
  }
}
