package dev.amphi.composer.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AudioMixerTest {
  private static final int BLOCK = 1_600;

  private final AudioMixer mixer = new AudioMixer(BLOCK);

  private static float[] constant(float value) {
    float[] block = new float[2 * BLOCK];
    Arrays.fill(block, value);
    return block;
  }

  private static float steepest(float[] block, float before) {
    float most = 0;
    for (int i = 0; i < BLOCK; i++) {
      most = Math.max(most, Math.abs(block[2 * i] - before));
      before = block[2 * i];
    }
    return most;
  }

  private void add(float[] voice, AudioMixer.Fader fader) {
    fader.apply(voice, BLOCK);
    mixer.add(voice);
  }

  @Test
  void isSilentWithoutVoices() {
    mixer.begin();
    assertThat(mixer.end()).containsOnly(0f);
  }

  @Test
  void opensAndClosesWithoutAClick() {
    AudioMixer.Fader fader = new AudioMixer.Fader();
    mixer.begin();
    add(constant(0.5f), fader);
    float[] opening = mixer.end();
    assertThat(steepest(opening, 0)).isLessThan(0.0011f);
    assertThat(opening[2 * BLOCK - 1]).isEqualTo(0.5f);
    fader.open(false);
    mixer.begin();
    add(constant(0.5f), fader);
    float[] closing = mixer.end();
    assertThat(steepest(closing, 0.5f)).isLessThan(0.0011f);
    assertThat(closing[2 * BLOCK - 1]).isZero();
    assertThat(fader.silent()).isTrue();
  }

  @Test
  void addsVoicesAndNeverReachesFullScale() {
    AudioMixer.Fader[] faders = {
      new AudioMixer.Fader(), new AudioMixer.Fader(), new AudioMixer.Fader()
    };
    float[] mixed = new float[0];
    for (int block = 0; block < 3; block++) {
      mixer.begin();
      for (AudioMixer.Fader fader : faders) {
        add(constant(0.7f), fader);
      }
      mixed = mixer.end().clone();
      for (float sample : mixed) {
        assertThat(Math.abs(sample)).isLessThan(0.9f);
      }
    }
    assertThat(mixed[BLOCK]).isGreaterThan(0.83f);
  }

  @Test
  void comesBackToFullGainAfterALoudMoment() {
    AudioMixer.Fader fader = new AudioMixer.Fader();
    for (int block = 0; block < 10; block++) {
      mixer.begin();
      add(constant(block < 2 ? 3f : 0.4f), fader);
      float[] mixed = mixer.end();
      if (block == 9) {
        assertThat(mixed[2 * BLOCK - 1]).isEqualTo(0.4f);
      }
    }
  }
}
