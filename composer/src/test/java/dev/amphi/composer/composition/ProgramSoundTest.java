package dev.amphi.composer.composition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.composer.api.SourceSpec;
import dev.amphi.composer.codec.AudioDecoder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who is heard in the broadcast's mix, and in those with one voice left out. */
class ProgramSoundTest extends VirtualProgram {
  @Test
  void letsEverybodyBeHeardWhoIsNotMuted() throws InterruptedException {
    for (String name : List.of("ada", "bob", "cyd")) {
      stage.put(source(name, SourceSpec.Kind.MICROPHONE));
    }
    stage.mute("cyd-MICROPHONE", true);
    run(
        60,
        () -> {
          hear("ada", 440);
          hear("bob", 1_000);
          hear("cyd", 2_500);
        });
    program.close();
    float[] sound = decodeSound();
    assertThat(tone(sound, 48_000, 24_000, 440)).isBetween(LEAST, MOST);
    assertThat(tone(sound, 48_000, 24_000, 1_000)).isBetween(LEAST, MOST);
    assertThat(tone(sound, 48_000, 24_000, 2_500)).isLessThan(0.005);
    assertThat(tone(sound, 48_000, 24_000, 700)).isLessThan(0.005);
    assertThat(recorded.loudness).isBetween(-20.0, -8.0);
  }

  @Test
  void leavesOneVoiceOutForItsOwner() throws InterruptedException {
    Map<String, Integer> tones = Map.of("ada", 440, "bob", 1_000, "cyd", 2_500);
    tones.keySet().forEach(name -> stage.put(source(name, SourceSpec.Kind.MICROPHONE)));
    Runnable speak = () -> tones.forEach(this::hear);
    run(10, speak);
    assertThat(recorded.mixes).isEmpty();
    stage.listen(Set.of("", "ada", "bob"));
    run(60, speak);
    stage.listen(Set.of("ada"));
    run(30, speak);
    program.close();

    for (String without : List.of("", "ada", "bob")) {
      List<Sample> packets = Objects.requireNonNull(recorded.mixes.get(without));
      assertThat(packets.getFirst().time()).as("listening began at frame 10").isEqualTo(16_000);
      for (int i = 0; i < packets.size(); i++) {
        assertThat(packets.get(i).time()).isEqualTo(16_000 + i * 960L);
      }
      float[] sound = decodeOpus(packets);
      tones.forEach(
          (name, hertz) -> {
            double loudness = tone(sound, 48_000, 24_000, hertz);
            if (name.equals(without)) {
              assertThat(loudness).as("%s without %s", name, without).isLessThan(0.003);
            } else {
              assertThat(loudness).as("%s without %s", name, without).isBetween(LEAST, MOST);
            }
          });
    }
    assertThat(recorded.mixes.get("")).as("two seconds").hasSize(100);
    assertThat(recorded.mixes.get("ada")).as("three seconds").hasSize(150);
    float[] broadcast = decodeSound();
    assertThat(tone(broadcast, 48_000, 24_000, 440)).isBetween(LEAST, MOST);
  }

  private float[] decodeOpus(List<Sample> packets) {
    float[] all = new float[packets.size() * 960];
    float[] out = new float[2 * AudioDecoder.MAX_SAMPLES];
    try (AudioDecoder decoder = codecs.opusDecoder()) {
      for (int n = 0; n < packets.size(); n++) {
        assertThat(decoder.decode(packets.get(n).payload(), out)).isEqualTo(960);
        for (int i = 0; i < 960; i++) {
          all[n * 960 + i] = out[2 * i];
        }
      }
    }
    return all;
  }
}
