package dev.amphi.composer.composition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.Shed;
import dev.amphi.composer.api.SourceSpec;
import dev.amphi.composer.codec.AudioDecoder;
import dev.amphi.composer.codec.AudioEncoder;
import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.codec.PlanarPicture;
import dev.amphi.composer.codec.VideoDecoder;
import dev.amphi.composer.codec.VideoEncoder;
import dev.amphi.composer.codec.VideoEncoding;
import dev.amphi.composer.ffmpeg.FfmpegCodecs;
import dev.amphi.composer.layout.Canvas;
import dev.amphi.composer.lettering.Java2dLettering;
import dev.amphi.composer.scene.Director;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A program in virtual time with real codecs: people who send colours and tones, and what became of
 * them.
 */
abstract class VirtualProgram {
  /** Amplitudes between which a tone of 0.3 may be once the desk has brought it to its level. */
  static final double LEAST = 0.04;

  static final double MOST = 0.33;
  static final long MS = 1_000_000L;

  static final CompositionSpec SPEC = CompositionSpec.standard("room", "Optics");
  final FfmpegCodecs codecs = new FfmpegCodecs();
  final List<String> keyFramesWanted = new ArrayList<>();
  final Stage stage =
      new Stage(codecs, new Director(new Canvas(1280, 720), "Optics"), keyFramesWanted::add);
  final Recorded recorded = new Recorded();
  final Program program =
      new Program(SPEC, stage, codecs, new Java2dLettering(), recorded, 0, id -> Runnable::run);
  final Map<String, VideoEncoder> cameras = new HashMap<>();
  final Map<String, AudioEncoder> microphones = new HashMap<>();
  final Map<String, Long> heard = new HashMap<>();
  long nowNanos;
  boolean reports;

  record Sample(ByteBuffer payload, long time, int duration, boolean sync) {}

  static final class Recorded implements ProgramOutput {
    volatile double loudness = Double.NaN;
    final Map<String, ByteBuffer> configs = new HashMap<>();
    final Map<String, List<Sample>> samples = new HashMap<>();
    final Map<String, List<Sample>> mixes = new HashMap<>();
    final List<Shed> sheds = new ArrayList<>();

    @Override
    public void load(Shed shed, long lateNanos) {
      sheds.add(shed);
    }

    @Override
    public void format(
        String renditionId, boolean video, int width, int height, ByteBuffer config, int scale) {
      configs.put(renditionId, config);
      samples.put(renditionId, new ArrayList<>());
    }

    @Override
    public void sample(
        String renditionId, ByteBuffer payload, long timeTicks, int durationTicks, boolean sync) {
      ByteBuffer copy = ByteBuffer.allocate(payload.remaining()).put(payload).flip();
      of(renditionId).add(new Sample(copy, timeTicks, durationTicks, sync));
    }

    @Override
    public void sound(String without, ByteBuffer payload, long timeTicks) {
      ByteBuffer copy = ByteBuffer.allocate(payload.remaining()).put(payload).flip();
      mixes
          .computeIfAbsent(without, key -> new ArrayList<>())
          .add(new Sample(copy, timeTicks, 960, true));
    }

    @Override
    public void loudness(double lufs) {
      loudness = lufs;
    }

    @Override
    public void keyFrameWanted(String sourceId) {}

    List<Sample> of(String renditionId) {
      return Objects.requireNonNull(samples.get(renditionId));
    }

    ByteBuffer config(String renditionId) {
      return Objects.requireNonNull(configs.get(renditionId));
    }
  }

  static SourceSpec source(String participant, SourceSpec.Kind kind) {
    SourceSpec.Codec codec =
        kind == SourceSpec.Kind.MICROPHONE ? SourceSpec.Codec.OPUS : SourceSpec.Codec.VP8;
    String role = participant.equals("ada") ? "instructor" : "student";
    return new SourceSpec(participant + "-" + kind, participant, participant, role, kind, codec);
  }

  void camera(String participant) {
    stage.put(source(participant, SourceSpec.Kind.CAMERA));
  }

  void see(String participant, int width, int height, int luma, int cb, int cr) {
    String id = participant + "-CAMERA";
    String key = id + width;
    boolean first = !cameras.containsKey(key);
    VideoEncoder encoder =
        cameras.computeIfAbsent(
            key, k -> codecs.vp8Encoder(new VideoEncoding(width, height, 30, 3_000, 500_000)));
    PlanarPicture picture = new PlanarPicture(width, height);
    picture.fill(0, 0, width, height, luma, cb, cr);
    long ticks = nowNanos * 9 / 100_000;
    encoder.encode(
        picture,
        ticks,
        first,
        (payload, time, sync) ->
            stage.frame(id, payload, time, nowNanos, capture(time, 90_000), sync, false));
  }

  /** What the sender's reports would give. */
  long capture(long ticks, int rate) {
    return reports ? 3_900_000_000_000_000_000L + ticks * 1_000_000 / rate * 1_000 : -1;
  }

  /** Brings packets of a tone until now. */
  void hear(String participant, int hertz) {
    String id = participant + "-MICROPHONE";
    AudioEncoder encoder = microphones.computeIfAbsent(id, k -> codecs.opusEncoder(64_000));
    long ticks = heard.getOrDefault(id, nowNanos * 6 / 125_000);
    float[] samples = new float[1_920];
    for (; (ticks + 960) * 125_000 / 6 <= nowNanos; ticks += 960) {
      for (int i = 0; i < 960; i++) {
        samples[2 * i] = (float) (0.3 * Math.sin(2 * Math.PI * hertz * (ticks + i) / 48_000.0));
        samples[2 * i + 1] = samples[2 * i];
      }
      long arrival = (ticks + 960) * 125_000 / 6;
      encoder.encode(
          samples,
          ticks,
          (payload, time, sync) ->
              stage.frame(id, payload, time, arrival, capture(time, 48_000), true, false));
    }
    heard.put(id, ticks);
  }

  void run(int frames, Runnable each) {
    for (int i = 0; i < frames; i++) {
      each.run();
      nowNanos = Math.max(nowNanos, program.run(nowNanos));
    }
  }

  List<Picture> decode(String rendition) {
    List<Picture> pictures = new ArrayList<>();
    try (VideoDecoder decoder = codecs.h264Decoder(recorded.config(rendition))) {
      for (Sample sample : recorded.of(rendition)) {
        assertThat(
                decoder.decode(
                    sample.payload(), sample.time(), (picture, time) -> pictures.add(picture)))
            .isEqualTo(VideoDecoder.Outcome.DECODED);
      }
    }
    return pictures;
  }

  float[] decodeSound() {
    List<Sample> samples = recorded.of(CompositionSpec.AUDIO);
    float[] all = new float[samples.size() * 1_024];
    float[] out = new float[2 * AudioDecoder.MAX_SAMPLES];
    try (AudioDecoder decoder = codecs.aacDecoder(recorded.config(CompositionSpec.AUDIO))) {
      for (int n = 0; n < samples.size(); n++) {
        assertThat(decoder.decode(samples.get(n).payload(), out)).isEqualTo(1_024);
        for (int i = 0; i < 1_024; i++) {
          all[n * 1_024 + i] = out[2 * i];
        }
      }
    }
    return all;
  }

  /** Amplitude of one frequency (Goertzel's algorithm). */
  static double tone(float[] samples, int from, int count, int hertz) {
    double turn = 2 * Math.cos(2 * Math.PI * hertz / 48_000);
    double a = 0;
    double b = 0;
    for (int i = from; i < from + count; i++) {
      double next = samples[i] + turn * a - b;
      b = a;
      a = next;
    }
    return 2 * Math.sqrt(a * a + b * b - turn * a * b) / count;
  }

  static void assertColour(Picture picture, int x, int y, int luma, int cb, int cr) {
    assertThat(picture.plane(0).get(y * picture.stride(0) + x) & 0xff).isCloseTo(luma, within(6));
    assertThat(picture.plane(1).get(y / 2 * picture.stride(1) + x / 2) & 0xff)
        .isCloseTo(cb, within(6));
    assertThat(picture.plane(2).get(y / 2 * picture.stride(2) + x / 2) & 0xff)
        .isCloseTo(cr, within(6));
  }
}
