package dev.amphi.composer.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.amphi.composer.api.Composition;
import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.ProgramListener;
import dev.amphi.composer.api.ShownScene;
import dev.amphi.composer.api.Slate;
import dev.amphi.composer.api.SourceSpec;
import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.codec.PlanarPicture;
import dev.amphi.composer.codec.VideoDecoder;
import dev.amphi.composer.codec.VideoEncoder;
import dev.amphi.composer.codec.VideoEncoding;
import dev.amphi.composer.ffmpeg.FfmpegCodecs;
import java.io.File;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real child process, killed, frozen, and asked to end. */
class ProcessComposerIT {
  private static final CompositionSpec SPEC = CompositionSpec.standard("room", "Optics");

  private final ProcessComposer composer =
      new ProcessComposer(ChildCommand.likeThisProcess(), System::nanoTime, InstantSource.system());
  private final Heard heard = new Heard();

  @AfterEach
  void close() {
    composer.close();
  }

  /** What the listener heard, guarded by itself. */
  private static final class Heard implements ProgramListener {
    private final List<String> formats = new ArrayList<>();
    private final List<String> interruptions = new ArrayList<>();
    private final List<String> keyFrames = new ArrayList<>();
    private final List<String> scenes = new ArrayList<>();
    private ByteBuffer config = ByteBuffer.allocate(0);
    private final List<ByteBuffer> pictures = new ArrayList<>();
    private Instant startsAt = Instant.EPOCH;
    private final Set<String> mixes = new HashSet<>();
    private int sounds;
    private int epoch = -1;
    private boolean ended;

    @Override
    public synchronized void format(
        String renditionId,
        boolean video,
        int width,
        int height,
        ByteBuffer codecConfig,
        int timescale,
        Instant startsAt,
        int epoch) {
      formats.add(renditionId + "@" + epoch);
      if (renditionId.equals("720p")) {
        config = ByteBuffer.allocate(codecConfig.remaining()).put(codecConfig).flip();
        pictures.clear();
        mixes.clear();
      }
      this.startsAt = startsAt;
      this.epoch = epoch;
    }

    @Override
    public synchronized void sound(String without, ByteBuffer payload, long timeTicks) {
      mixes.add(without);
    }

    synchronized Set<String> mixes() {
      return Set.copyOf(mixes);
    }

    @Override
    public synchronized void sample(
        String renditionId, ByteBuffer payload, long timeTicks, int durationTicks, boolean sync) {
      if (renditionId.equals("720p")) {
        pictures.add(ByteBuffer.allocate(payload.remaining()).put(payload).flip());
      } else if (renditionId.equals(CompositionSpec.AUDIO)) {
        sounds++;
      }
    }

    @Override
    public synchronized void scene(ShownScene scene, Instant startsAt) {
      scenes.add(epoch + " " + scene.tiles().stream().map(ShownScene.Tile::kind).toList());
    }

    synchronized List<String> scenes() {
      return List.copyOf(scenes);
    }

    @Override
    public synchronized void keyFrameWanted(String sourceId) {
      keyFrames.add(sourceId);
    }

    @Override
    public synchronized void interrupted(String reason) {
      interruptions.add(reason);
    }

    @Override
    public synchronized void ended() {
      ended = true;
    }

    synchronized int pictures() {
      return pictures.size();
    }

    synchronized int epoch() {
      return epoch;
    }

    synchronized boolean isEnded() {
      return ended;
    }

    synchronized List<String> interruptions() {
      return List.copyOf(interruptions);
    }

    synchronized List<String> keyFrames() {
      return List.copyOf(keyFrames);
    }

    /** Luma in the middle of the newest picture. */
    synchronized int middle() {
      int[] luma = {-1};
      try (VideoDecoder decoder = new FfmpegCodecs().h264Decoder(config)) {
        for (ByteBuffer coded : pictures) {
          decoder.decode(
              coded,
              0,
              (picture, time) -> {
                try (Picture shown = picture) {
                  luma[0] = shown.plane(0).get(360 * shown.stride(0) + 640) & 0xff;
                }
              });
        }
      }
      return luma[0];
    }
  }

  private SupervisedComposition start() {
    SupervisedComposition composition = (SupervisedComposition) composer.start(SPEC, heard);
    await().atMost(Duration.ofSeconds(30)).until(() -> heard.pictures() > 10);
    return composition;
  }

  private static void kill(Composition composition, String signal) throws Exception {
    long pid = ((SupervisedComposition) composition).pid();
    new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
  }

  @Test
  void makesASlateAndEndsWhenItIsToldTo() {
    Instant before = Instant.now();
    Composition composition = start();
    assertThat(heard.startsAt).isBetween(before, Instant.now());
    assertThat(heard.formats).containsExactly("720p@0", "360p@0", "audio@0");
    await().atMost(Duration.ofSeconds(10)).until(() -> heard.sounds > 10);
    composition.close();
    await().atMost(Duration.ofSeconds(10)).until(heard::isEnded);
    assertThat(heard.interruptions()).isEmpty();
  }

  @Test
  void saysForFourSecondsThatTheClassHasEnded() {
    Composition composition = start();
    int before = heard.pictures();
    composition.slate(Slate.of(Slate.Kind.ENDED));
    composition.close();
    await().atMost(Duration.ofSeconds(20)).until(heard::isEnded);
    assertThat(heard.pictures() - before).isBetween(110, 200);
    assertThat(heard.interruptions()).isEmpty();
  }

  @Test
  void goesOnWithItsSourcesAfterTheChildWasKilled() throws Exception {
    Composition composition = start();
    composition.putSource(
        new SourceSpec(
            "cam", "ada", "Ada", "instructor", SourceSpec.Kind.SCREEN, SourceSpec.Codec.VP8));
    show(composition, 200);
    await().atMost(Duration.ofSeconds(20)).until(() -> near(heard.middle(), 200));
    kill(composition, "KILL");
    await().atMost(Duration.ofSeconds(20)).until(() -> heard.epoch() == 1);
    assertThat(heard.interruptions()).singleElement().asString().contains("signal 9");
    await().atMost(Duration.ofSeconds(20)).until(() -> heard.pictures() > 0);
    show(composition, 120);
    await().atMost(Duration.ofSeconds(20)).until(() -> near(heard.middle(), 120));
    assertThat(heard.formats).endsWith("720p@1", "360p@1", "audio@1");
    await().atMost(Duration.ofSeconds(20)).until(() -> heard.scenes().size() >= 2);
    assertThat(heard.scenes())
        .as("each child tells its scenes anew, from its own time zero")
        .startsWith("0 [SLATE]")
        .endsWith("1 [SHARE]");
  }

  /** What a fault of native code, its allocator and the kernel's do. */
  @ParameterizedTest
  @ValueSource(strings = {"SEGV", "ABRT", "KILL", "BUS"})
  void goesOnInOrderAfterEachSignal(String signal) throws Exception {
    ProcessComposer spared =
        new ProcessComposer(
                ChildCommand.likeThisProcess(), System::nanoTime, InstantSource.system())
            .withSpare();
    try (spared) {
      SupervisedComposition composition = (SupervisedComposition) spared.start(SPEC, heard);
      await().atMost(Duration.ofSeconds(30)).until(() -> heard.pictures() > 10);
      Instant before = heard.startsAt;
      kill(composition, signal);
      await().atMost(Duration.ofSeconds(20)).until(() -> heard.epoch() == 1);
      await().atMost(Duration.ofSeconds(20)).until(() -> heard.pictures() > 10);
      assertThat(heard.interruptions())
          .singleElement()
          .asString()
          .contains(signal.equals("KILL") ? "signal 9" : "signal 6"); // Java aborts itself
      assertThat(heard.startsAt).isAfter(before);
      assertThat(heard.formats)
          .containsExactly("720p@0", "360p@0", "audio@0", "720p@1", "360p@1", "audio@1");
    }
  }

  @Test
  void refusesAProgramThatDoesNotFitAndLetsTheOthersBe() {
    composer.withCpuBudget(0.3);
    start();
    assertThatThrownBy(() -> composer.start(SPEC, new Heard()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no room for another class's program")
        .hasMessageContaining("of 0.30 processors");
    int before = heard.pictures();
    await().atMost(Duration.ofSeconds(20)).until(() -> heard.pictures() > before + 30);
    assertThat(heard.interruptions()).isEmpty();

    Heard again = new Heard();
    composer.resume(SPEC, again);
    await().atMost(Duration.ofSeconds(20)).until(() -> again.pictures() > 0);
  }

  @Test
  void theKernelRefusesMemoryThatNoProgramNeeds() throws Exception {
    SupervisedComposition composition = start();
    String limits = Files.readString(Path.of("/proc/" + composition.pid() + "/limits"));
    assertThat(limits).containsPattern("Max data size\\s+1153433600\\s+1153433600");
    assertThat(limits).containsPattern("Max core file size\\s+0\\s+0");
  }

  @Test
  void bringsTheMixesThatAreListenedToAlsoAfterTheChildWasKilled() throws Exception {
    Composition composition = start();
    assertThat(heard.mixes()).isEmpty();
    composition.listen(Set.of("", "ada"));
    await().atMost(Duration.ofSeconds(10)).until(() -> heard.mixes().equals(Set.of("", "ada")));
    kill(composition, "KILL");
    await().atMost(Duration.ofSeconds(20)).until(() -> heard.epoch() == 1);
    await().atMost(Duration.ofSeconds(10)).until(() -> heard.mixes().equals(Set.of("", "ada")));
    assertThatThrownBy(() -> composition.listen(Set.of("", "1", "2", "3", "4", "5")))
        .hasMessageContaining("6 mixes are asked for; at most 5");
  }

  private static boolean near(int luma, int wanted) {
    return Math.abs(luma - wanted) <= 6;
  }

  /** One key frame that stays on. */
  private static void show(Composition composition, int luma) {
    show(composition, SourceSpec.Codec.VP8, luma);
  }

  private static void show(Composition composition, SourceSpec.Codec codec, int luma) {
    PlanarPicture picture = new PlanarPicture(640, 360);
    picture.fill(0, 0, 640, 360, luma, 128, 128);
    VideoEncoding encoding = new VideoEncoding(640, 360, 30, 300, 500_000);
    FfmpegCodecs codecs = new FfmpegCodecs();
    try (VideoEncoder encoder =
        switch (codec) {
          case VP8 -> codecs.vp8Encoder(encoding);
          case VP9 -> codecs.vp9Encoder(encoding);
          case AV1 -> codecs.av1Encoder(encoding);
          case H264 -> codecs.h264StageEncoder(encoding);
          case OPUS, STILL -> throw new IllegalArgumentException(codec + " is no video codec");
        }) {
      encoder.encode(
          picture,
          0,
          true,
          (payload, time, sync) ->
              composition.frame("cam", payload, time, System.nanoTime(), -1, sync));
    }
  }

  @Test
  void showsPicturesOfEveryCoding() {
    Composition composition = start();
    int luma = 80;
    for (SourceSpec.Codec codec : SourceSpec.Codec.values()) {
      if (codec == SourceSpec.Codec.OPUS || codec == SourceSpec.Codec.STILL) {
        continue;
      }
      composition.putSource(
          new SourceSpec("cam", "ada", "Ada", "instructor", SourceSpec.Kind.SCREEN, codec));
      int wanted = luma += 30;
      show(composition, codec, wanted);
      await(codec + " is seen")
          .atMost(Duration.ofSeconds(20))
          .until(() -> near(heard.middle(), wanted));
    }
    assertThat(heard.interruptions()).isEmpty();
  }

  @Test
  void startsAnotherChildWhenOneHangs() throws Exception {
    Composition composition = start();
    kill(composition, "STOP");
    await().atMost(Duration.ofSeconds(30)).until(() -> heard.epoch() == 1);
    assertThat(heard.interruptions()).containsExactly("the composer process hangs");
    await().atMost(Duration.ofSeconds(20)).until(() -> heard.pictures() > 0);
  }

  @Test
  void asksForAKeyFrameWhenASourceBeginsInTheMiddle() {
    Composition composition = start();
    composition.putSource(
        new SourceSpec(
            "cam", "ada", "Ada", "instructor", SourceSpec.Kind.SCREEN, SourceSpec.Codec.VP8));
    composition.frame("cam", ByteBuffer.allocate(40), 0, System.nanoTime(), -1, false);
    await().atMost(Duration.ofSeconds(10)).until(() -> heard.keyFrames().contains("cam"));
  }

  @Test
  void endsEveryProgramWhenItIsClosed() {
    start();
    composer.close();
    assertThat(heard.isEnded()).isTrue();
  }

  @Test
  void saysWhichJavaCannotBeStarted() {
    ProcessComposer broken =
        new ProcessComposer(
            new ChildCommand(Path.of("/no/such/java"), "", List.of()),
            System::nanoTime,
            InstantSource.system());
    assertThatThrownBy(() -> broken.start(SPEC, heard))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("/no/such/java");
    assertThat(broken.missing()).hasValueSatisfying(s -> assertThat(s).contains("/no/such/java"));
    broken.close();
  }

  @Test
  void findsAllCodecs() {
    assertThat(composer.missing()).isEmpty();
  }

  @Test
  void saysInWordsThatTheNativeLibrariesAreMissing() {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    String without =
        Arrays.stream(all.split(File.pathSeparator, -1))
            .filter(entry -> !entry.contains("linux-x86_64"))
            .collect(Collectors.joining(File.pathSeparator));
    ChildCommand like = ChildCommand.likeThisProcess();
    ProcessComposer bare =
        new ProcessComposer(
            new ChildCommand(like.java(), without, List.of()),
            System::nanoTime,
            InstantSource.system());
    assertThat(bare.missing())
        .hasValueSatisfying(
            sentence ->
                assertThat(sentence).startsWith("FFmpeg's native libraries cannot be loaded"));
    bare.start(SPEC, heard);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> heard.interruptions().stream().anyMatch(r -> r.contains("native libraries")));
    bare.close();
  }

  @Test
  void goesOnWhenASourceSendsRubbish() {
    Composition composition = start();
    Random random = new Random(11);
    for (SourceSpec.Codec codec : SourceSpec.Codec.values()) {
      SourceSpec.Kind kind =
          codec == SourceSpec.Codec.OPUS ? SourceSpec.Kind.MICROPHONE : SourceSpec.Kind.CAMERA;
      composition.putSource(
          new SourceSpec(codec.name(), codec.name(), "a':%{pts}<b>", "student", kind, codec));
      for (int i = 0; i < 200; i++) {
        byte[] rubbish = new byte[1 + random.nextInt(1_400)];
        random.nextBytes(rubbish);
        composition.frame(
            codec.name(), ByteBuffer.wrap(rubbish), i * 960L, System.nanoTime(), -1, true);
      }
    }
    int before = heard.pictures();
    await().atMost(Duration.ofSeconds(20)).until(() -> heard.pictures() > before + 60);
    assertThat(heard.interruptions()).isEmpty();
    assertThat(heard.keyFrames()).contains("VP8", "H264");
  }

  @Test
  void givesTheChildNothingOfItsEnvironment() throws Exception {
    SupervisedComposition composition = start();
    Path environment = Path.of("/proc/" + composition.pid() + "/environ");
    String all = Files.readString(environment);
    assertThat(all.split("\0", -1)).hasSizeLessThanOrEqualTo(4);
    assertThat(all).doesNotContain("HOME=").contains("LANG=C.UTF-8");
  }
}
