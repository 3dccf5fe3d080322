package dev.amphi.composer;

import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.Ladder;
import dev.amphi.composer.api.SourceSpec;
import dev.amphi.composer.codec.AvcBytes;
import dev.amphi.composer.codec.VideoEncoder;
import dev.amphi.composer.codec.VideoEncoding;
import dev.amphi.composer.composition.Program;
import dev.amphi.composer.composition.ProgramOutput;
import dev.amphi.composer.composition.Stage;
import dev.amphi.composer.ffmpeg.FfmpegCodecs;
import dev.amphi.composer.layout.Canvas;
import dev.amphi.composer.lettering.Java2dLettering;
import dev.amphi.composer.scene.Director;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Measures what would be saved if the H.264 of a teacher alone on stage were passed on as it comes:
 * seconds of processor time per second of program, of one thread that does everything, on a clock
 * that waits for it. One camera of 1280×720 that fills the picture, every pixel of which moves, and
 * one voice. What passes is only cut into units and given lengths; its decoder is not asked, unless
 * smaller sizes are made of it. Run by hand: {@code java -cp … dev.amphi.composer.PassCost
 * [seconds] [rounds]}.
 */
final class PassCost {
  private static final long FRAME_NANOS = 33_333_333L;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final FfmpegCodecs codecs = FfmpegCodecs.complete();
  private final List<ByteBuffer> camera;
  private final List<ByteBuffer> voice = LadderCost.voice(codecs, 1);
  private final ByteBuffer units = ByteBuffer.allocateDirect(1 << 20);

  private PassCost() {
    VideoEncoding encoding = new VideoEncoding(1_280, 720, 30, LadderCost.LOOP, 2_000_000);
    try (VideoEncoder encoder = codecs.h264StageEncoder(encoding)) {
      camera = LadderCost.camera(encoder, 1_280, 720, 7);
    }
  }

  /** Nobody's. */
  private static final class Nowhere implements ProgramOutput {
    @Override
    public void format(
        String renditionId, boolean video, int width, int height, ByteBuffer config, int scale) {}

    @Override
    public void sample(
        String renditionId, ByteBuffer payload, long timeTicks, int durationTicks, boolean sync) {}

    @Override
    public void sound(String without, ByteBuffer payload, long timeTicks) {}

    @Override
    public void loudness(double lufs) {}

    @Override
    public void keyFrameWanted(String sourceId) {}
  }

  /**
   * Makes a program.
   *
   * @param passes whether the camera's coded pictures go on as they are
   * @param coded which sizes are coded here; none for sound alone
   */
  private double cost(boolean passes, int seconds, String... coded) throws InterruptedException {
    Ladder ladder = coded.length == 0 ? Ladder.of("360p") : Ladder.of(coded);
    CompositionSpec spec = CompositionSpec.of("cost", "Cost", ladder);
    Canvas canvas = new Canvas(spec.width(), spec.height());
    Stage stage = new Stage(codecs, new Director(canvas, "Cost"), source -> {});
    Program program =
        new Program(
            spec, stage, codecs, new Java2dLettering(), new Nowhere(), 0, id -> Runnable::run);
    stage.layout("speaker", "");
    stage.put(source("camera", SourceSpec.Kind.CAMERA, SourceSpec.Codec.H264));
    stage.put(source("voice", SourceSpec.Kind.MICROPHONE, SourceSpec.Codec.OPUS));
    boolean pictures = coded.length > 0;
    run(program, stage, passes, pictures, 0, 300); // the name has slid out by then
    long began = THREADS.getCurrentThreadCpuTime();
    run(program, stage, passes, pictures, 300, 300 + 30 * seconds);
    double cost = (THREADS.getCurrentThreadCpuTime() - began) / 1e9 / seconds;
    program.close();
    return cost;
  }

  private static SourceSpec source(String id, SourceSpec.Kind kind, SourceSpec.Codec codec) {
    return new SourceSpec(id, "ada", "Ada", "instructor", kind, codec);
  }

  private void run(
      Program program, Stage stage, boolean passes, boolean pictures, int from, int to) {
    for (int frame = from; frame < to; frame++) {
      long nowNanos = frame * FRAME_NANOS;
      int at = frame % LadderCost.LOOP;
      ByteBuffer picture = camera.get(at);
      if (passes) {
        AvcBytes.lengthPrefixed(picture.duplicate(), units.clear());
      }
      if (pictures) {
        stage.frame("camera", picture.duplicate(), frame * 3_000L, nowNanos, -1, at == 0, false);
      }
      for (int packet = (frame * 5 + 2) / 3; packet < ((frame + 1) * 5 + 2) / 3; packet++) {
        ByteBuffer sound = voice.get(packet % voice.size()).duplicate();
        stage.frame("voice", sound, packet * 960L, nowNanos, -1, true, false);
      }
      while ((pictures ? program.run(nowNanos) : program.sound(nowNanos)) <= nowNanos) {
        // Until all that is due is made.
      }
    }
  }

  private void show(String what, double cost) throws Exception {
    System.out.printf(
        "%-46s %.3f CPU-s/s; load %s%n",
        what, cost, Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]);
  }

  /** Runs the measurement. */
  public static void main(String[] args) throws Exception {
    int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 20;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    PassCost it = new PassCost();
    System.out.printf(
        "the camera's key frames have %d bytes, its other pictures %.0f%n",
        it.camera.getFirst().remaining(),
        it.camera.stream().skip(1).mapToInt(ByteBuffer::remaining).average().orElseThrow());
    for (int round = 0; round < rounds; round++) {
      it.show("720p is coded", it.cost(false, seconds, "720p"));
      it.show("720p passes", it.cost(true, seconds));
      it.show("720p, 360p are coded", it.cost(false, seconds, "720p", "360p"));
      it.show("720p passes, 360p is coded", it.cost(true, seconds, "360p"));
      it.show("720p, 480p, 360p are coded", it.cost(false, seconds, "720p", "480p", "360p"));
      it.show("720p passes, 480p, 360p are coded", it.cost(true, seconds, "480p", "360p"));
    }
  }
}
