package dev.amphi.composer.audio;

import java.util.Arrays;

/**
 * Adds up voices, each with a {@link Fader} whose gain moves in a ramp of 10 ms, so that nobody
 * joins, leaves or is muted with a click. Works on blocks of interleaved 48 kHz stereo.
 */
public final class AudioMixer {
  private static final float STEP = 1f / 480;

  private final float[] mix;
  private final int samples;
  private final Limiter limiter = new Limiter();

  /** A voice's gain, where it is and where it goes. */
  public static final class Fader {
    private float gain;
    private boolean open = true;

    /** Opens or closes the fader; it moves from the next block on. */
    public void open(boolean wanted) {
      open = wanted;
    }

    /** Whether it is open, or on its way there. */
    public boolean isOpen() {
      return open;
    }

    /** Fades a block in place. */
    public void apply(float[] voice, int samples) {
      float target = open ? 1 : 0;
      if (gain == target && open) {
        return;
      }
      for (int i = 0; i < samples; i++) {
        gain = gain < target ? Math.min(target, gain + STEP) : Math.max(target, gain - STEP);
        voice[2 * i] *= gain;
        voice[2 * i + 1] *= gain;
      }
    }

    /** Whether it is closed and nothing of the voice is heard any more. */
    public boolean silent() {
      return !open && gain == 0;
    }
  }

  /** Mixes blocks of that many samples per channel. */
  public AudioMixer(int samples) {
    this.samples = samples;
    this.mix = new float[2 * samples];
  }

  /** Begins a block with silence. */
  public void begin() {
    Arrays.fill(mix, 0);
  }

  /** Adds one voice's block, faded already. */
  public void add(float[] voice) {
    for (int i = 0; i < 2 * samples; i++) {
      mix[i] += voice[i];
    }
  }

  /** Ends the block: the limited mix, {@link Limiter#DELAY} late, valid until the next begins. */
  public float[] end() {
    limiter.apply(mix, samples);
    return mix;
  }
}
