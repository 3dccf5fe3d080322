package dev.amphi.composer.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.composer.codec.AudioDecoder;
import dev.amphi.composer.codec.AudioEncoder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.ffmpeg.global.avcodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of the two decoders the cheaper one is heard while nothing is lost, and nobody hears which. */
class OpusDecoderTest {
  private static final int FRAME = 960;

  /** The delays of the two are up to two samples apart. */
  private static final int MOST_LAG = 2;

  private final FfmpegCodecs codecs = new FfmpegCodecs();
  private final OpusDecoder decoder = (OpusDecoder) codecs.opusDecoder();
  private final AvAudioDecoder libopus =
      new AvAudioDecoder(avcodec.avcodec_find_decoder_by_name("libopus"), null);
  private final float[] out = new float[2 * AudioDecoder.MAX_SAMPLES];

  @AfterEach
  void close() {
    decoder.close();
    libopus.close();
  }

  /** A tone that glides from 150 to 400 Hz, with harmonics. */
  private List<ByteBuffer> coded(int bitrateBps, int frames) {
    List<ByteBuffer> packets = new ArrayList<>();
    float[] frame = new float[2 * FRAME];
    double phase = 0;
    try (AudioEncoder encoder = codecs.opusEncoder(bitrateBps)) {
      for (int at = 0; at < frames * FRAME; at += FRAME) {
        for (int i = 0; i < FRAME; i++) {
          phase += 2 * Math.PI * (150 + 250.0 * (at + i) / (frames * FRAME)) / 48_000;
          double value = Math.sin(phase) + 0.5 * Math.sin(2 * phase) + 0.3 * Math.sin(5 * phase);
          frame[2 * i] = (float) (0.2 * value);
          frame[2 * i + 1] = frame[2 * i];
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

  private static double energy(float[] sound, int from, int to) {
    double sum = 1e-12;
    for (int i = from; i < to; i++) {
      sum += sound[i] * sound[i];
    }
    return sum;
  }

  /** How far two sounds are apart in dB, at the lag where they are nearest. */
  private static double apart(float[] wanted, float[] heard, int from, int to) {
    double least = Double.MAX_VALUE;
    for (int lag = -MOST_LAG; lag <= MOST_LAG; lag++) {
      double sum = 1e-12;
      for (int i = from + MOST_LAG; i < to - MOST_LAG; i++) {
        double difference = wanted[i] - heard[i + lag];
        sum += difference * difference;
      }
      least = Math.min(least, sum);
    }
    return 10 * Math.log10(least / energy(wanted, from, to));
  }

  private float[] left(AudioDecoder by, List<ByteBuffer> packets) {
    float[] all = new float[packets.size() * FRAME];
    for (int i = 0; i < packets.size(); i++) {
      assertThat(by.decode(packets.get(i), out)).isEqualTo(FRAME);
      keep(all, i);
    }
    return all;
  }

  private void keep(float[] all, int frame) {
    for (int i = 0; i < FRAME; i++) {
      all[frame * FRAME + i] = out[2 * i];
    }
  }

  @ParameterizedTest(name = "{0} bit/s")
  @ValueSource(ints = {16_000, 32_000, 64_000})
  void soundsLikeLibopus(int bitrateBps) {
    List<ByteBuffer> packets = coded(bitrateBps, 60);
    float[] wanted = left(libopus, packets);
    float[] heard = left(decoder, packets);
    assertThat(decoder.careful()).isFalse();
    assertThat(apart(wanted, heard, 10 * FRAME, 59 * FRAME)).isLessThan(-25);
  }

  @ParameterizedTest(name = "{0} bit/s")
  @ValueSource(ints = {16_000, 64_000})
  void concealsAsIfLibopusHadDecodedAllAndGoesBackWithoutAClick(int bitrateBps) {
    List<ByteBuffer> packets = coded(bitrateBps, 60);
    float[] whole = left(libopus, packets);
    libopus.flush();
    float[] wanted = new float[whole.length];
    float[] heard = new float[whole.length];
    for (int i = 0; i < packets.size(); i++) {
      boolean lost = i == 30;
      int samples =
          lost ? decoder.conceal(out, FRAME) : decoder.decode(packets.get(i).duplicate(), out);
      assertThat(samples).isEqualTo(FRAME);
      keep(heard, i);
      int alone = lost ? libopus.conceal(out, FRAME) : libopus.decode(packets.get(i), out);
      assertThat(alone).isEqualTo(FRAME);
      keep(wanted, i);
      assertThat(decoder.careful())
          .as("frame %d", i)
          .isEqualTo(i >= 30 && i < 30 + OpusDecoder.CAREFUL);
    }
    double concealed = energy(heard, 30 * FRAME, 31 * FRAME);
    assertThat(concealed / energy(wanted, 30 * FRAME, 31 * FRAME)).isBetween(0.8, 1.25);
    assertThat(apart(wanted, heard, 45 * FRAME, 59 * FRAME)).isLessThan(-25);
    assertThat(apart(whole, heard, 45 * FRAME, 59 * FRAME)).isLessThan(-25);
    assertThat(sharpest(heard)).isLessThan(1.5f * sharpest(wanted));
  }

  private static float sharpest(float[] sound) {
    float most = 0;
    for (int i = 10 * FRAME; i < sound.length; i++) {
      most = Math.max(most, Math.abs(sound[i] - 2 * sound[i - 1] + sound[i - 2]));
    }
    return most;
  }

  @Test
  void leavesPacketsWithoutAFrameToLibopus() {
    List<ByteBuffer> packets = coded(32_000, 30);
    left(decoder, packets);
    byte first = packets.getFirst().get(0);
    assertThat(decoder.decode(ByteBuffer.wrap(new byte[] {first}), out)).isEqualTo(FRAME);
    assertThat(decoder.careful()).isTrue();
  }

  @Test
  void survivesWhateverBytesCome() {
    java.util.Random random = new java.util.Random(20_261_121);
    List<ByteBuffer> packets = coded(32_000, 40);
    for (int i = 0; i < 400; i++) {
      byte[] bytes = new byte[1 + random.nextInt(200)];
      random.nextBytes(bytes);
      int samples = decoder.decode(ByteBuffer.wrap(bytes), out);
      assertThat(samples).isBetween(-1, AudioDecoder.MAX_SAMPLES);
      if (random.nextInt(5) == 0) {
        assertThat(decoder.conceal(out, FRAME)).isBetween(0, FRAME);
      }
    }
    for (ByteBuffer packet : packets) {
      Arrays.fill(out, 0);
      assertThat(decoder.decode(packet, out)).isEqualTo(FRAME);
    }
    assertThat(energy(out, 0, 2 * FRAME)).isGreaterThan(1);
  }
}
