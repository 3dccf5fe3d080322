package dev.amphi.composer.audio;

/**
 * Keeps the mix below full scale: what is louder than −1 dB is turned down at once and comes back
 * slowly, so that several voices together do not crackle.
 */
public final class Limiter {
  private static final float CEILING = 0.891f;
  private static final float RELEASE = 1f / (0.2f * 48_000); // back by one in 200 ms

  private float gain = 1;

  /** Limits interleaved stereo in place. */
  public void apply(float[] interleaved, int samples) {
    for (int i = 0; i < samples; i++) {
      float left = interleaved[2 * i];
      float right = interleaved[2 * i + 1];
      float peak = Math.max(Math.abs(left), Math.abs(right));
      gain = Math.min(1, gain + RELEASE);
      if (peak * gain > CEILING) {
        gain = CEILING / peak;
      }
      interleaved[2 * i] = left * gain;
      interleaved[2 * i + 1] = right * gain;
    }
  }
}
