package dev.amphi.composer.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Voices of noise in syllables, at levels of their own, through strips into one mix. */
class ForegroundTest {
  private static final int BLOCK = 1_600;

  private final Random random = new Random(7);
  private final Foreground foreground = new Foreground();
  private final AudioMixer mixer = new AudioMixer(BLOCK);
  private final List<ChannelStrip> strips = new ArrayList<>();
  private final List<Double> levels = new ArrayList<>(); // RMS, dBFS; NaN is silent
  private LoudnessMeter meter = new LoudnessMeter();
  private final List<Double> heard = new ArrayList<>(); // RMS of the last second, linear
  private double hum; // RMS, linear, of what never pauses
  private long time;

  private int voice(ChannelStrip.Kind kind, double rms) {
    strips.add(new ChannelStrip(kind));
    levels.add(rms);
    return strips.size() - 1;
  }

  private void pass(double seconds) {
    heard.clear();
    double[] sums = new double[strips.size()];
    int blocks = (int) (seconds * 30);
    float loudest = 0;
    for (int block = 0; block < blocks; block++) {
      foreground.arrange(strips);
      mixer.begin();
      for (int v = 0; v < strips.size(); v++) {
        float[] sound = syllables(levels.get(v));
        strips.get(v).apply(sound, BLOCK);
        mixer.add(sound);
        for (int i = 0; i < BLOCK && block >= blocks - 30; i++) {
          sums[v] += sound[2 * i] * sound[2 * i] / (30.0 * BLOCK);
        }
      }
      float[] mix = mixer.end();
      meter.add(mix, BLOCK);
      for (float sample : mix) {
        loudest = Math.max(loudest, Math.abs(sample));
      }
      time += BLOCK;
    }
    for (double sum : sums) {
      heard.add(10 * Math.log10(sum + 1e-12));
    }
    assertThat(loudest).isLessThan(0.9f);
  }

  /** Three syllables a second, four of five seconds. */
  private float[] syllables(double rms) {
    float[] block = new float[2 * BLOCK];
    double amplitude = Double.isNaN(rms) ? 0 : Math.pow(10, rms / 20) * Math.sqrt(3) * 1.75;
    for (int i = 0; i < BLOCK; i++) {
      double seconds = (time + i) / 48_000.0;
      double envelope = seconds % 5 > 4 ? 0 : Math.pow(Math.sin(Math.PI * 3.3 * seconds), 2);
      double noise = hum * Math.sqrt(3) * (random.nextDouble() * 2 - 1);
      float value = (float) (amplitude * envelope * (random.nextDouble() * 2 - 1) + noise);
      block[2 * i] = value;
      block[2 * i + 1] = value;
    }
    return block;
  }

  @Test
  void whateverTheMicrophoneTheProgrammeComesNearItsLoudness() {
    for (double level : new double[] {-38, -30, -24, -18, -12}) {
      strips.clear();
      levels.clear();
      voice(ChannelStrip.Kind.STUDENT, level);
      pass(6);
      meter = new LoudnessMeter();
      pass(20);
      assertThat(meter.integrated()).as("from %s dBFS", level).isCloseTo(-16, within(1.5));
    }
  }

  @Test
  void aRoomThatIsSilentIsNotPumpedUp() {
    voice(ChannelStrip.Kind.STUDENT, -60);
    pass(20);
    assertThat(heard.getFirst()).isLessThan(-58);
  }

  @Test
  void pausesDoNotChangeTheGain() {
    voice(ChannelStrip.Kind.STUDENT, -30);
    pass(20);
    double before = strips.getFirst().gain();
    assertThat(before).isGreaterThan(5);
    levels.set(0, Double.NaN);
    pass(60);
    assertThat(strips.getFirst().gain()).isEqualTo(before);
  }

  @Test
  void aQuieterMicrophoneAndABangAreLearntAnew() {
    for (double before : new double[] {-2, -14}) {
      strips.clear();
      levels.clear();
      voice(ChannelStrip.Kind.STUDENT, before);
      pass(before == -2 ? 0.2 : 60);
      levels.set(0, -36.0);
      pass(20);
      assertThat(strips.getFirst().gain()).as("after %s dBFS", before).isGreaterThan(8);
    }
  }

  @Test
  void aNoiseThatStandsIsNotPumpedUpInAPause() {
    voice(ChannelStrip.Kind.STUDENT, -24);
    pass(20);
    double before = strips.getFirst().gain();
    levels.set(0, Double.NaN);
    hum = Math.pow(10, -45 / 20.0);
    pass(60);
    assertThat(strips.getFirst().gain()).isEqualTo(before);
  }

  @Test
  void studentsStandALittleBehindWhileTheTeacherSpeaks() {
    int teacher = voice(ChannelStrip.Kind.TEACHER, -24);
    int student = voice(ChannelStrip.Kind.STUDENT, -24);
    pass(19);
    assertThat(heard.get(student) - heard.get(teacher)).isCloseTo(-6, within(1.5));
    levels.set(teacher, Double.NaN);
    pass(4);
    double alone = heard.get(student);
    levels.set(teacher, -24.0);
    pass(3); // the second between them is a pause
    assertThat(heard.get(student) - alone).isCloseTo(-6, within(2.0));
  }

  @Test
  void ofManyTheLoudestFewStandInFront() {
    for (int i = 0; i < 5; i++) {
      voice(ChannelStrip.Kind.STUDENT, -20 - 4 * i);
    }
    pass(0.7); // before the levels have met
    assertThat(strips.subList(0, 3)).allMatch(strip -> strip.standing() == 0);
    assertThat(strips.subList(3, 5)).allMatch(strip -> strip.standing() < -5);
  }

  @Test
  void nothingStepsWhenSomebodyComesToTheFront() {
    ChannelStrip strip = new ChannelStrip(ChannelStrip.Kind.STUDENT);
    float before = 0;
    float steepest = 0;
    for (int block = 0; block < 60; block++) {
      strip.place(block / 10 % 2 == 0 ? 0 : Foreground.BEHIND);
      float[] sound = new float[2 * BLOCK];
      Arrays.fill(sound, 0.05f);
      strip.apply(sound, BLOCK);
      for (int i = 0; i < BLOCK; i++) {
        steepest = Math.max(steepest, Math.abs(sound[2 * i] - before));
        before = sound[2 * i];
      }
    }
    assertThat(steepest).isLessThan(0.0005f);
  }
}
