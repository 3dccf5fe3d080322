package dev.amphi.server.load.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SyntheticSpeechTest {
  private static final int FRAME = 960;

  @Test
  void speaksInPhrasesWithPauses() {
    SyntheticSpeech speech = SyntheticSpeech.of(0);
    int silent = 0;
    int loud = 0;
    int frames = 1_000;
    for (int i = 0; i < frames; i++) {
      double level = level(speech);
      silent += level < 0.002 ? 1 : 0;
      loud += level > 0.02 ? 1 : 0;
    }

    assertThat(silent).as("silent frames of %d", frames).isBetween(50, 500);
    assertThat(loud).as("loud frames of %d", frames).isGreaterThan(400);
  }

  @Test
  void neverLeavesTheRange() {
    for (int voice = 0; voice < 8; voice++) {
      SyntheticSpeech speech = SyntheticSpeech.of(voice);
      float[] sound = new float[2 * FRAME];
      for (int i = 0; i < 200; i++) {
        speech.next(sound);
        for (float sample : sound) {
          assertThat(sample).isBetween(-0.95f, 0.95f);
        }
      }
    }
  }

  @Test
  void saysTheSameWithTheSameSeed() {
    float[] first = new float[2 * FRAME];
    float[] second = new float[2 * FRAME];
    new SyntheticSpeech(120, 5).next(first);
    new SyntheticSpeech(120, 5).next(second);

    assertThat(first).isEqualTo(second);
  }

  private static double level(SyntheticSpeech speech) {
    float[] sound = new float[2 * FRAME];
    speech.next(sound);
    double energy = 0;
    for (float sample : sound) {
      energy += sample * sample;
    }
    return Math.sqrt(energy / sound.length);
  }
}
