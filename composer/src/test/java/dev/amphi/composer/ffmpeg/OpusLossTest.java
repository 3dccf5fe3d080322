package dev.amphi.composer.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.composer.audio.Voice;
import dev.amphi.composer.codec.AudioDecoder;
import dev.amphi.composer.codec.AudioEncoder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A voice coded as Opus, with packets missing: nothing clicks, and it is as loud as before. */
class OpusLossTest {
  private static final long SEED = 20_261_121;
  private static final int BLOCK = 1_600;
  private static final int SECONDS = 20;
  private static final int WINDOW = 4_800; // 100 ms

  private static final float[] SPEECH = speech();

  private final FfmpegCodecs codecs = new FfmpegCodecs();

  /** Hides that the decoder can conceal. */
  private record Plain(AudioDecoder decoder) implements AudioDecoder {
    @Override
    public int decode(ByteBuffer coded, float[] out) {
      return decoder.decode(coded, out);
    }

    @Override
    public void close() {
      decoder.close();
    }
  }

  /** Syllables of a voice: harmonics of a gliding pitch under formants, four a second. */
  private static float[] speech() {
    float[] sound = new float[SECONDS * 48_000];
    double phase = 0;
    for (int i = 0; i < sound.length; i++) {
      double seconds = i / 48_000.0;
      double pitch = 130 + 35 * Math.sin(2 * Math.PI * 0.7 * seconds);
      phase += 2 * Math.PI * pitch / 48_000;
      double formant = 700 + 300 * Math.sin(2 * Math.PI * 1.3 * seconds);
      double value = 0;
      for (int harmonic = 1; harmonic <= 20; harmonic++) {
        double away = (harmonic * pitch - formant) / 500;
        value += Math.exp(-away * away) * Math.sin(harmonic * phase) + 0.02 * Math.sin(phase);
      }
      double syllable = Math.pow(Math.sin(Math.PI * 4 * seconds / 2), 2);
      sound[i] = (float) (0.12 * value * syllable);
    }
    return sound;
  }

  private List<ByteBuffer> coded(int bitrateBps) {
    float[] sound = SPEECH;
    List<ByteBuffer> packets = new ArrayList<>();
    float[] frame = new float[1_920];
    try (AudioEncoder encoder = codecs.opusEncoder(bitrateBps)) {
      for (int at = 0; at < sound.length; at += 960) {
        for (int i = 0; i < 960; i++) {
          frame[2 * i] = sound[at + i];
          frame[2 * i + 1] = sound[at + i];
        }
        encoder.encode(
            frame,
            at,
            (payload, time, sync) ->
                packets.add(ByteBuffer.allocate(payload.remaining()).put(payload).flip()));
      }
    }
    return packets;
  }

  private static float[] play(AudioDecoder decoder, List<ByteBuffer> packets, boolean[] lost) {
    float[] all = new float[SECONDS * 48_000 - 9_600];
    float[] block = new float[2 * BLOCK];
    try (Voice voice = new Voice(decoder)) {
      int sent = 0;
      for (int at = 0; at < all.length; at += BLOCK) {
        for (; sent < packets.size() && sent * 960 < at + 2_880; sent++) {
          if (!lost[sent]) {
            voice.packet(sent * 960L, packets.get(sent));
          }
        }
        voice.read(at, block, BLOCK);
        for (int i = 0; i < BLOCK; i++) {
          all[at + i] = block[2 * i];
        }
      }
    }
    return all;
  }

  private static boolean[] losses(int percent, int packets) {
    Random random = new Random(SEED);
    boolean[] lost = new boolean[packets];
    for (int i = 5; i < packets; i++) {
      lost[i] = random.nextInt(100) < percent;
    }
    return lost;
  }

  private static float sharpest(float[] sound) {
    float most = 0;
    for (int i = 2; i < sound.length; i++) {
      most = Math.max(most, Math.abs(sound[i] - 2 * sound[i - 1] + sound[i - 2]));
    }
    return most;
  }

  private static double loudness(float[] sound, int from, int samples) {
    double sum = 1e-9;
    for (int i = from; i < from + samples; i++) {
      sum += sound[i] * sound[i];
    }
    return 10 * Math.log10(sum / samples);
  }

  /** Mean of how far the windows that are loud in one are from the same in the other, in dB. */
  private static double apart(float[] whole, float[] patched) {
    double sum = 0;
    int windows = 0;
    for (int at = 0; at + WINDOW <= whole.length; at += WINDOW) {
      double wanted = loudness(whole, at, WINDOW);
      if (wanted > -35) {
        sum += Math.abs(loudness(patched, at, WINDOW) - wanted);
        windows++;
      }
    }
    return sum / windows;
  }

  @ParameterizedTest(name = "{0} % lost of {1} bit/s")
  @CsvSource({
    "5, 64000, 0.6, 0.6",
    "15, 64000, 1.5, 1.5",
    "5, 24000, 1.1, 1.1",
    "15, 24000, 2.5, 2.2"
  })
  void concealsLossWithoutAClickAndKeepsTheLoudness(
      int percent, int bitrateBps, double mostApart, double mostApartAlone) {
    List<ByteBuffer> packets = coded(bitrateBps);
    boolean[] lost = losses(percent, packets.size());
    float[] whole = play(codecs.opusDecoder(), packets, new boolean[packets.size()]);
    float[] patched = play(codecs.opusDecoder(), packets, lost);
    float[] alone = play(new Plain(codecs.opusDecoder()), packets, lost);
    int end = whole.length;
    System.out.printf(
        "measured: %d %% lost of %d bit/s: libopus %.2f dB apart, own %.2f; all %.2f and %.2f dB;"
            + " sharpest bend %.4f, own %.4f, whole %.4f%n",
        percent,
        bitrateBps,
        apart(whole, patched),
        apart(whole, alone),
        loudness(patched, 0, end) - loudness(whole, 0, end),
        loudness(alone, 0, end) - loudness(whole, 0, end),
        sharpest(patched),
        sharpest(alone),
        sharpest(whole));
    assertThat(sharpest(patched)).as("a click is 0.1 and more").isLessThan(0.04f);
    assertThat(sharpest(alone)).isLessThan(0.06f);
    assertThat(apart(whole, patched)).isLessThan(mostApart);
    assertThat(apart(whole, alone)).isLessThan(mostApartAlone);
    assertThat(loudness(patched, 0, end))
        .isBetween(loudness(whole, 0, end) - 2, loudness(whole, 0, end) + 1);
  }

  @Test
  void makesUpOneFrameOfTheSameLengthOrNone() {
    List<ByteBuffer> packets = coded(64_000);
    float[] out = new float[2 * AudioDecoder.MAX_SAMPLES];
    try (AudioDecoder decoder = codecs.opusDecoder()) {
      assertThat(decoder.conceal(out, 5_760)).as("nothing heard yet").isZero();
      for (int i = 0; i < 30; i++) {
        assertThat(decoder.decode(packets.get(i), out)).isEqualTo(960);
      }
      assertThat(decoder.conceal(out, 959)).isZero();
      assertThat(decoder.conceal(out, 960)).isEqualTo(960);
      double energy = 0;
      for (int i = 0; i < 1_920; i++) {
        energy += out[i] * out[i];
      }
      assertThat(energy).isGreaterThan(0.1);
      assertThat(decoder.decode(packets.get(31), out)).isEqualTo(960);
    }
  }

  @Test
  void aDecoderOfAnotherCodingMakesNothingUp() {
    try (AudioEncoder encoder = codecs.aacEncoder(64_000);
        AudioDecoder decoder = codecs.aacDecoder(encoder.config())) {
      assertThat(decoder.conceal(new float[2 * AudioDecoder.MAX_SAMPLES], 5_760)).isZero();
    }
  }
}
