package dev.amphi.composer.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.amphi.composer.codec.AudioDecoder;
import dev.amphi.composer.codec.AudioEncoder;
import dev.amphi.composer.codec.CodecMissing;
import dev.amphi.composer.codec.CodedSink;
import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.codec.PlanarPicture;
import dev.amphi.composer.codec.VideoDecoder;
import dev.amphi.composer.codec.VideoEncoder;
import dev.amphi.composer.codec.VideoEncoding;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FfmpegCodecsTest {
  private static final VideoEncoding SMALL = new VideoEncoding(320, 180, 30, 48, 400_000);

  private final FfmpegCodecs codecs = new FfmpegCodecs();

  private record Coded(ByteBuffer payload, long time, boolean sync) {}

  private static final class Collected implements CodedSink {
    final List<Coded> units = new ArrayList<>();

    @Override
    public void coded(ByteBuffer payload, long timeTicks, boolean sync) {
      ByteBuffer copy = ByteBuffer.allocate(payload.remaining()).put(payload).flip();
      units.add(new Coded(copy, timeTicks, sync));
    }
  }

  private static List<Coded> encode(VideoEncoder encoder, int frames) {
    Collected out = new Collected();
    PlanarPicture picture = new PlanarPicture(320, 180);
    for (int i = 0; i < frames; i++) {
      picture.fill(0, 0, 320, 180, 60, 90, 200);
      picture.fill((i * 4) % 300, 40, 20, 20, 220, 128, 128);
      encoder.encode(picture, i * 3_000L, i % 48 == 0, out);
    }
    encoder.finish(out);
    return out.units;
  }

  private static int decodedCorners(VideoDecoder decoder, List<Coded> units) {
    int[] pictures = {0};
    for (Coded unit : units) {
      VideoDecoder.Outcome outcome =
          decoder.decode(
              unit.payload(),
              unit.time(),
              (picture, time) -> {
                try (Picture decoded = picture) {
                  assertThat(time).isEqualTo(unit.time());
                  assertThat(decoded.plane(0).get(decoded.stride(0) * 170 + 10) & 0xff)
                      .isCloseTo(60, within(8));
                  assertThat(decoded.plane(2).get(decoded.stride(2) * 80 + 5) & 0xff)
                      .isCloseTo(200, within(8));
                  pictures[0]++;
                }
              });
      assertThat(outcome).isEqualTo(VideoDecoder.Outcome.DECODED);
    }
    return pictures[0];
  }

  @Test
  void codesVp8BothWays() {
    try (VideoEncoder encoder = codecs.vp8Encoder(SMALL);
        VideoDecoder decoder = codecs.vp8Decoder()) {
      assertThat(decodedCorners(decoder, encode(encoder, 60))).isEqualTo(60);
    }
  }

  @Test
  void codesVp9BothWays() {
    try (VideoEncoder encoder = codecs.vp9Encoder(SMALL);
        VideoDecoder decoder = codecs.vp9Decoder()) {
      assertThat(decodedCorners(decoder, encode(encoder, 30))).isEqualTo(30);
    }
  }

  @Test
  void codesAv1BothWays() {
    try (VideoEncoder encoder = codecs.av1Encoder(SMALL);
        VideoDecoder decoder = codecs.av1Decoder()) {
      assertThat(decodedCorners(decoder, encode(encoder, 30))).isEqualTo(30);
    }
  }

  @Test
  void codesH264AsABrowserSendsIt() {
    try (VideoEncoder encoder = codecs.h264StageEncoder(SMALL);
        VideoDecoder decoder = codecs.h264Decoder()) {
      assertThat(decodedCorners(decoder, encode(encoder, 60))).isEqualTo(60);
    }
  }

  @Test
  void startsEachProgramSegmentWithAnIdrAndNeverAnotherOne() {
    try (VideoEncoder encoder = codecs.h264Encoder(SMALL);
        VideoDecoder decoder = codecs.h264Decoder(encoder.config())) {
      List<Coded> units = encode(encoder, 150);
      assertThat(decodedCorners(decoder, units)).isEqualTo(150);
      assertThat(units.stream().filter(Coded::sync).map(Coded::time))
          .containsExactly(0L, 144_000L, 288_000L, 432_000L);
      assertThat(encoder.config().get(0)).isEqualTo((byte) 1);
      ByteBuffer first = units.get(0).payload();
      assertThat(first.getInt(0)).isPositive().isLessThan(first.remaining());
    }
  }

  @Test
  void fallsBackOnOpenH264WithoutTheGplEncoder() {
    FfmpegCodecs free = new FfmpegCodecs(name -> !name.equals("libx264"));
    try (VideoEncoder encoder = free.h264Encoder(SMALL);
        VideoDecoder decoder = free.h264Decoder(encoder.config())) {
      List<Coded> units = encode(encoder, 100);
      assertThat(decodedCorners(decoder, units)).isEqualTo(100);
      assertThat(units.stream().filter(Coded::sync).map(Coded::time))
          .containsExactly(0L, 144_000L, 288_000L);
    }
  }

  @Test
  void openH264TellsNoKeyFrameOfItsOwnAtACutAndNeverSkipsAPicture() {
    FfmpegCodecs free = new FfmpegCodecs(name -> !name.equals("libx264"));
    Collected out = new Collected();
    try (VideoEncoder encoder = free.h264Encoder(SMALL);
        VideoDecoder decoder = free.h264Decoder(encoder.config())) {
      java.util.Random random = new java.util.Random(3);
      PlanarPicture picture = new PlanarPicture(320, 180);
      byte[] noise = new byte[320 * 180];
      for (int i = 0; i < 120; i++) {
        if (i % 20 == 0) { // a cut to something altogether different
          random.nextBytes(noise);
        }
        picture.plane(0).put(0, noise);
        encoder.encode(picture, i * 3_000L, i % 48 == 0, out);
      }
      encoder.finish(out);
      assertThat(out.units).hasSize(120);
      assertThat(out.units.stream().filter(Coded::sync).map(Coded::time))
          .containsExactly(0L, 144_000L, 288_000L);
      assertThat(out.units.stream().filter(FfmpegCodecsTest::isIdr).count())
          .as("IDRs in the stream: the encoder's own at cuts are among them")
          .isGreaterThan(3);
      for (Coded unit : out.units) {
        assertThat(decoder.decode(unit.payload(), unit.time(), (shown, time) -> shown.close()))
            .isEqualTo(VideoDecoder.Outcome.DECODED);
      }
    }
  }

  /** Whether the first unit, behind its length, is a slice of an IDR picture. */
  private static boolean isIdr(Coded unit) {
    return (unit.payload().get(4) & 0x1f) == 5;
  }

  @Test
  void namesTheEncodersThatAreMissing() {
    FfmpegCodecs none = new FfmpegCodecs(name -> false);
    assertThatThrownBy(() -> none.h264Encoder(SMALL))
        .isInstanceOf(CodecMissing.class)
        .hasMessageContaining("no encoder named libx264 or libopenh264");
  }

  @Test
  void keepsTheProgramsSoundInPlace() {
    try (AudioEncoder encoder = codecs.aacEncoder(128_000);
        AudioDecoder decoder = codecs.aacDecoder(encoder.config())) {
      assertThat(encoder.frameSamples()).isEqualTo(1_024);
      Collected out = encode(encoder, 40, 20);
      assertThat(out.units.get(0).time()).isZero();
      for (int i = 1; i < out.units.size(); i++) {
        assertThat(out.units.get(i).time()).isEqualTo(i * 1_024L);
      }
      assertThat(onset(decoder, out.units, 1_024)).isCloseTo(20 * 1_024, within(240));
    }
  }

  @Test
  void codesOpusBothWays() {
    try (AudioEncoder encoder = codecs.opusEncoder(64_000);
        AudioDecoder decoder = codecs.opusDecoder()) {
      assertThat(encoder.frameSamples()).isEqualTo(960);
      Collected out = encode(encoder, 40, 20);
      assertThat(out.units.get(0).time()).isZero();
      assertThat(onset(decoder, out.units, 960)).isCloseTo(20 * 960, within(480));
    }
  }

  @Test
  void takesRubbishWithoutThrowing() {
    byte[] rubbish = new byte[500];
    new java.util.Random(7).nextBytes(rubbish);
    try (VideoDecoder vp8 = codecs.vp8Decoder();
        VideoDecoder h264 = codecs.h264Decoder();
        AudioDecoder opus = codecs.opusDecoder()) {
      ByteBuffer bytes = ByteBuffer.wrap(rubbish);
      assertThat(vp8.decode(bytes, 0, (picture, time) -> picture.close()))
          .isNotEqualTo(VideoDecoder.Outcome.DECODED);
      assertThat(h264.decode(bytes, 0, (picture, time) -> picture.close()))
          .isNotEqualTo(VideoDecoder.Outcome.DECODED);
      assertThat(opus.decode(bytes, new float[2 * AudioDecoder.MAX_SAMPLES])).isLessThan(5_761);
    }
  }

  /** Silence for {@code silent} frames, then a tone of 1 kHz. */
  private static Collected encode(AudioEncoder encoder, int frames, int silent) {
    Collected out = new Collected();
    int size = encoder.frameSamples();
    float[] samples = new float[2 * size];
    for (int frame = 0; frame < frames; frame++) {
      for (int i = 0; i < size; i++) {
        double phase = 2 * Math.PI * 1_000 * (frame * size + i) / 48_000;
        float value = frame < silent ? 0 : (float) (0.5 * Math.sin(phase));
        samples[2 * i] = value;
        samples[2 * i + 1] = value;
      }
      encoder.encode(samples, (long) frame * size, out);
    }
    encoder.finish(out);
    return out;
  }

  /** First sample, on the program's time line, that is louder than half the tone. */
  private static int onset(AudioDecoder decoder, List<Coded> units, int size) {
    float[] out = new float[2 * AudioDecoder.MAX_SAMPLES];
    int at = 0;
    for (Coded unit : units) {
      int samples = decoder.decode(unit.payload(), out);
      assertThat(samples).isEqualTo(size);
      for (int i = 0; i < samples; i++, at++) {
        if (Math.abs(out[2 * i]) > 0.25) {
          return at;
        }
      }
    }
    return -1;
  }
}
