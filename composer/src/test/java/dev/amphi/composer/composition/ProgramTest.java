package dev.amphi.composer.composition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.amphi.composer.api.Arrangement;
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
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Real codecs, virtual time: what goes in as VP8 and Opus is looked for in the H.264 and AAC. */
class ProgramTest {
  /** Amplitudes between which a tone of 0.3 may be once the desk has brought it to its level. */
  private static final double LEAST = 0.04;

  private static final double MOST = 0.33;

  private static final long MS = 1_000_000L;
  private static final CompositionSpec SPEC = CompositionSpec.standard("room", "Optics");

  private final FfmpegCodecs codecs = new FfmpegCodecs();
  private final List<String> keyFramesWanted = new ArrayList<>();
  private final Stage stage =
      new Stage(codecs, new Director(new Canvas(1280, 720), "Optics"), keyFramesWanted::add);
  private final Recorded recorded = new Recorded();
  private final Program program =
      new Program(SPEC, stage, codecs, new Java2dLettering(), recorded, 0, id -> Runnable::run);
  private final Map<String, VideoEncoder> cameras = new HashMap<>();
  private final Map<String, AudioEncoder> microphones = new HashMap<>();
  private final Map<String, Long> heard = new HashMap<>();
  private long nowNanos;
  private boolean reports;

  private record Sample(ByteBuffer payload, long time, int duration, boolean sync) {}

  private static final class Recorded implements ProgramOutput {
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

  private static SourceSpec source(String participant, SourceSpec.Kind kind) {
    SourceSpec.Codec codec =
        kind == SourceSpec.Kind.MICROPHONE ? SourceSpec.Codec.OPUS : SourceSpec.Codec.VP8;
    String role = participant.equals("ada") ? "instructor" : "student";
    return new SourceSpec(participant + "-" + kind, participant, participant, role, kind, codec);
  }

  private void camera(String participant) {
    stage.put(source(participant, SourceSpec.Kind.CAMERA));
  }

  private void see(String participant, int width, int height, int luma, int cb, int cr) {
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
  private long capture(long ticks, int rate) {
    return reports ? 3_900_000_000_000_000_000L + ticks * 1_000_000 / rate * 1_000 : -1;
  }

  /** Brings packets of a tone until now. */
  private void hear(String participant, int hertz) {
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

  private void run(int frames, Runnable each) {
    for (int i = 0; i < frames; i++) {
      each.run();
      nowNanos = Math.max(nowNanos, program.run(nowNanos));
    }
  }

  private List<Picture> decode(String rendition) {
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

  private float[] decodeSound() {
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
  private static double tone(float[] samples, int from, int count, int hertz) {
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

  private static void assertColour(Picture picture, int x, int y, int luma, int cb, int cr) {
    assertThat(picture.plane(0).get(y * picture.stride(0) + x) & 0xff).isCloseTo(luma, within(6));
    assertThat(picture.plane(1).get(y / 2 * picture.stride(1) + x / 2) & 0xff)
        .isCloseTo(cb, within(6));
    assertThat(picture.plane(2).get(y / 2 * picture.stride(2) + x / 2) & 0xff)
        .isCloseTo(cr, within(6));
  }

  @Test
  void showsEachCameraWhereTheLayoutSaysInBothRenditions() throws InterruptedException {
    camera("ada");
    camera("bob");
    stage.arrange(new Arrangement("grid", "", Set.of()));
    run(
        40,
        () -> {
          see("ada", 640, 360, 170, 90, 200);
          see("bob", 320, 240, 90, 190, 100);
        });
    program.close();
    Picture large = decode("720p").get(39);
    assertColour(large, 8 + 314, 184 + 100, 170, 90, 200);
    assertColour(large, 644 + 314, 184 + 100, 90, 190, 100);
    assertColour(large, 640, 60, 30, 131, 127);
    Picture small = decode("360p").get(39);
    assertColour(small, 161, 142, 170, 90, 200);
    assertColour(small, 479, 142, 90, 190, 100);
  }

  @Test
  void cutsBothRenditionsAtTheSameInstantsWithSeventyFiveSoundFramesInEach()
      throws InterruptedException {
    run(150, () -> {});
    program.close();
    for (String rendition : List.of("720p", "360p")) {
      List<Sample> samples = recorded.of(rendition);
      assertThat(samples).hasSize(150);
      for (int i = 0; i < 150; i++) {
        assertThat(samples.get(i).time()).isEqualTo(i * 3_000L);
        assertThat(samples.get(i).duration()).isEqualTo(3_000);
        assertThat(samples.get(i).sync()).isEqualTo(i % 48 == 0);
      }
    }
    List<Sample> sound = recorded.of(CompositionSpec.AUDIO);
    assertThat(sound.size()).isBetween(234, 236);
    for (int i = 0; i < sound.size(); i++) {
      assertThat(sound.get(i).time()).isEqualTo(i * 1_024L);
      assertThat(sound.get(i).duration()).isEqualTo(1_024);
    }
  }

  /** Three are with each encoder, and then it stands still while the sound goes on. */
  @Test
  void anEncoderThatStandsStillHoldsUpNeitherTheSoundNorAfterwardsThePicture()
      throws InterruptedException {
    List<Runnable> waiting = new ArrayList<>();
    Recorded slow = new Recorded();
    Program held =
        new Program(
            SPEC, stage, codecs, new Java2dLettering(), slow, 0, id -> waiting::add, () -> 0);
    for (long now = 0; now < 1_000 * MS; now += 10 * MS) {
      held.run(now);
    }
    assertThat(waiting).as("three pictures in two renditions").hasSize(6);
    assertThat(slow.of(CompositionSpec.AUDIO)).hasSizeGreaterThan(43);
    for (long now = 1_000 * MS; now < 2_000 * MS; now += 10 * MS) {
      waiting.forEach(Runnable::run);
      waiting.clear();
      held.run(now);
    }
    waiting.forEach(Runnable::run);
    waiting.clear();
    for (String rendition : List.of("720p", "360p")) {
      assertTimeline(slow.of(rendition), 60);
      assertThat(slow.of(rendition))
          .as("one picture for each part that was missed")
          .anySatisfy(sample -> assertThat(sample.duration()).isEqualTo(24_000))
          .hasSizeLessThan(45);
    }
    Thread closing = Thread.ofPlatform().start(() -> waiting.forEach(Runnable::run));
    closing.join();
  }

  /** No hole, no overlap, an IDR at each segment's start only, no picture over a part's end. */
  private static void assertTimeline(List<Sample> samples, int frames) {
    long next = 0;
    for (Sample sample : samples) {
      assertThat(sample.time()).isEqualTo(next);
      assertThat(sample.sync()).as("IDR at %d", next).isEqualTo(next % 144_000 == 0);
      next += sample.duration();
      assertThat(sample.time() / 24_000).as("part").isEqualTo((next - 1) / 24_000);
    }
    assertThat(next).isBetween((frames - 8) * 3_000L, (frames + 8) * 3_000L);
  }

  /** A second late at each look: one thing after the other goes, and all of it plays on. */
  @Test
  void givesUpInOrderWithoutABreakInTheTimeline() throws InterruptedException {
    camera("ada");
    camera("bob");
    stage.arrange(new Arrangement("grid", "", Set.of()));
    for (int i = 0; i < 300; i++) {
      see("ada", 640, 360, 170, 90, 200);
      see("bob", 320, 240, 90, 190, 100);
      nowNanos += 33_333_333;
      program.run(Math.max(0, nowNanos - 20 * MS));
      if (i > 30) {
        program.run(nowNanos); // keeps up, but
        nowNanos += 200 * MS; // is late each time
      }
    }
    program.close();
    assertThat(recorded.sheds)
        .startsWith(Shed.NOTHING)
        .containsSubsequence(Shed.FRAME_RATE, Shed.PRESET, Shed.RESOLUTION, Shed.STUDENT_VIDEO);
    int frames = (int) (nowNanos * 3 / 100_000_000);
    assertThat(frames).isGreaterThan(1_000);
    for (String rendition : List.of("720p", "360p")) {
      List<Sample> samples = recorded.of(rendition);
      assertTimeline(samples, (int) (samples.getLast().time() / 3_000) + 1);
    }
    Picture last = decode("360p").getLast();
    assertColour(last, 161, 142, 170, 90, 200); // the teacher
    assertThat(last.plane(0).get(142 * last.stride(0) + 440) & 0xff).isNotCloseTo(90, within(6));
  }

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
  void whoIsTakenOutIsInNoPictureFromTheNextOnAndInNoSoundAfterAFade() throws InterruptedException {
    for (String name : List.of("ada", "bob")) {
      camera(name);
      stage.put(source(name, SourceSpec.Kind.MICROPHONE));
    }
    stage.layout("grid", "");
    Runnable everybody =
        () -> {
          see("ada", 640, 360, 170, 90, 200);
          see("bob", 320, 240, 90, 200, 90);
          hear("ada", 440);
          hear("bob", 1_000);
        };
    run(60, everybody);
    stage.remove("bob-CAMERA");
    stage.remove("bob-MICROPHONE");
    run(30, everybody); // His packets come on: nobody told the network.
    program.close();

    List<Picture> pictures = decode("720p");
    assertThat(samplesOf(pictures.get(59), 200, 90)).as("before").isGreaterThan(10_000);
    for (int i = 60; i < 90; i++) {
      assertThat(samplesOf(pictures.get(i), 200, 90)).as("picture %d", i).isZero();
    }
    float[] sound = decodeSound();
    int out = 60 * 1_600;
    assertThat(tone(sound, out - 9_600, 4_800, 1_000)).as("before").isBetween(LEAST, MOST);
    // A fade of 10 ms, what the limiter holds, and the coder's own delay and overlap.
    int silent = out + 480 + 480 + 3 * 1_024;
    assertThat(tone(sound, silent, 4_800, 1_000)).as("after").isLessThan(0.003);
    assertThat(tone(sound, silent, 4_800, 440)).isBetween(LEAST, MOST);
  }

  /** How many samples of the colour planes have a colour. */
  private static int samplesOf(Picture picture, int cb, int cr) {
    int count = 0;
    for (int y = 0; y < picture.height() / 2; y++) {
      for (int x = 0; x < picture.width() / 2; x++) {
        int blue = picture.plane(1).get(y * picture.stride(1) + x) & 0xff;
        int red = picture.plane(2).get(y * picture.stride(2) + x) & 0xff;
        count += Math.abs(blue - cb) < 20 && Math.abs(red - cr) < 20 ? 1 : 0;
      }
    }
    return count;
  }

  @Test
  void aMachineThatIsTooSlowLeavesNobodyBlackOrSilent() throws InterruptedException {
    camera("ada");
    stage.put(source("ada", SourceSpec.Kind.MICROPHONE));
    for (int i = 0; i < 60; i++) { // 22.5 s pass, and 16 of the program are made
      for (int j = 0; j < 12; j++) {
        nowNanos += 31_250_000;
        see("ada", 320, 180, 200, 90, 160);
        hear("ada", 440);
      }
      program.run(nowNanos);
    }
    program.close();
    float[] sound = decodeSound();
    int last = sound.length - 48_000;
    assertThat(tone(sound, last, 2_400, 440)).isBetween(LEAST, MOST);
    List<Picture> pictures = decode("720p");
    assertColour(pictures.getLast(), 640, 300, 200, 90, 160);
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

  @Test
  void codesThePictureInAProfileThatEveryWebRtcEndpointDecodes() throws InterruptedException {
    run(2, () -> {});
    program.close();
    for (String rendition : List.of("720p", "360p")) {
      ByteBuffer config = recorded.config(rendition);
      assertThat(config.get(1)).as("profile_idc: baseline").isEqualTo((byte) 66);
      assertThat(config.get(2) & 0x40).as("constraint_set1_flag: constrained").isNotZero();
      assertThat(config.get(3) & 0xff).as("level 3.1 at most").isLessThanOrEqualTo(31);
    }
  }

  @Test
  void keepsLipsAndVoiceTogether() throws InterruptedException {
    reports = true;
    camera("ada");
    stage.put(source("ada", SourceSpec.Kind.MICROPHONE));
    run(
        90,
        () -> {
          boolean flash = nowNanos >= 2_000 * MS;
          see("ada", 640, 360, flash ? 220 : 40, 128, 128);
          hear("ada", flash ? 1_000 : 0);
        });
    program.close();
    List<Picture> pictures = decode("720p");
    int flashed = 0;
    while ((pictures.get(flashed).plane(0).get(100 * pictures.get(flashed).stride(0) + 100) & 0xff)
        < 128) {
      flashed++;
    }
    float[] sound = decodeSound();
    int beeped = 0;
    while (Math.abs(sound[beeped]) < 0.1) {
      beeped++;
    }
    assertThat(flashed / 30.0 - beeped / 48_000.0).isCloseTo(0, within(0.04));
  }

  @Test
  void goesOnWhileSourcesComeGoFreezeAndChangeTheirSize() throws InterruptedException {
    run(10, () -> {});
    camera("ada");
    run(20, () -> see("ada", 640, 360, 170, 90, 200));
    run(20, () -> see("ada", 320, 180, 60, 128, 128));
    run(110, () -> {}); // lost
    stage.remove("ada-CAMERA");
    run(20, () -> {});
    program.close();
    List<Picture> pictures = decode("720p");
    assertThat(pictures).hasSize(180);
    assertColour(pictures.get(28), 640, 200, 170, 90, 200);
    assertColour(pictures.get(48), 640, 200, 60, 128, 128);
    assertColour(pictures.get(120), 640, 200, 60, 128, 128);
    Picture card = pictures.get(158);
    assertThat(card.plane(0).get(20 * card.stride(0) + 20)).isNotEqualTo((byte) 60);
    Picture slate = pictures.get(179);
    assertColour(slate, 20, 20, 37, 132, 126);
  }

  @Test
  void asksForAKeyFrameOnceASecondWhenADecoderIsLost() {
    camera("ada");
    byte[] rubbish = new byte[400];
    for (int i = 0; i < 90; i++) {
      stage.frame(
          "ada-CAMERA", ByteBuffer.wrap(rubbish), i * 3_000L, i * 33L * MS, -1, i % 2 == 0, false);
    }
    assertThat(keyFramesWanted).containsExactly("ada-CAMERA", "ada-CAMERA", "ada-CAMERA");
  }

  @Test
  void asksForAKeyFrameAfterAGap() {
    camera("ada");
    see("ada", 640, 360, 100, 128, 128);
    nowNanos += 33 * MS;
    see("ada", 640, 360, 100, 128, 128);
    assertThat(keyFramesWanted).isEmpty();
    stage.frame("ada-CAMERA", ByteBuffer.allocate(9), 9_000, nowNanos, -1, false, true);
    assertThat(keyFramesWanted).containsExactly("ada-CAMERA");
  }

  @Test
  void refusesAPictureThatIsTooLarge() {
    camera("ada");
    ByteBuffer huge = ByteBuffer.allocate(60);
    huge.put(0, (byte) 0x10).put(3, (byte) 0x9d).put(4, (byte) 1).put(5, (byte) 0x2a);
    huge.put(6, (byte) 0xff).put(7, (byte) 0x3f).put(8, (byte) 0xff).put(9, (byte) 0x3f);
    stage.frame("ada-CAMERA", huge, 0, 0, -1, true, false);
    assertThat(keyFramesWanted).containsExactly("ada-CAMERA");
  }
}
