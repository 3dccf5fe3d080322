package dev.amphi.composer;

import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.Ladder;
import dev.amphi.composer.api.SourceSpec;
import dev.amphi.composer.codec.AudioEncoder;
import dev.amphi.composer.codec.PlanarPicture;
import dev.amphi.composer.codec.VideoEncoder;
import dev.amphi.composer.codec.VideoEncoding;
import dev.amphi.composer.composition.Pace;
import dev.amphi.composer.composition.Program;
import dev.amphi.composer.composition.ProgramOutput;
import dev.amphi.composer.composition.Stage;
import dev.amphi.composer.ffmpeg.FfmpegCodecs;
import dev.amphi.composer.layout.Canvas;
import dev.amphi.composer.lettering.Java2dLettering;
import dev.amphi.composer.scene.Director;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Measures what each ladder costs: seconds of processor time per second of program, of one thread
 * that does everything, on a clock that waits for it, so that nothing is left out on a busy
 * machine. Four cameras of 640×360 in a grid, every pixel of which moves, and four voices. Run by
 * hand: {@code java [-Damphi.encoder=openh264] -cp … dev.amphi.composer.LadderCost [seconds]
 * [ladder …]}.
 */
final class LadderCost {
  private static final int PEOPLE = 4;
  static final int LOOP = 120;
  private static final long FRAME_NANOS = 33_333_333L;

  private LadderCost() {}

  private static final class Bytes implements ProgramOutput {
    final Map<String, Long> bits = new HashMap<>();

    @Override
    public void format(
        String renditionId, boolean video, int width, int height, ByteBuffer config, int scale) {}

    @Override
    public void sample(
        String renditionId, ByteBuffer payload, long timeTicks, int durationTicks, boolean sync) {
      bits.merge(renditionId, payload.remaining() * 8L, Long::sum);
    }

    @Override
    public void sound(String without, ByteBuffer payload, long timeTicks) {}

    @Override
    public void loudness(double lufs) {}

    @Override
    public void keyFrameWanted(String sourceId) {}
  }

  private static ByteBuffer copy(ByteBuffer coded) {
    return ByteBuffer.allocateDirect(coded.remaining()).put(coded).flip();
  }

  private static List<ByteBuffer> camera(FfmpegCodecs codecs, int seed) {
    try (VideoEncoder encoder = codecs.vp8Encoder(new VideoEncoding(640, 360, 30, LOOP, 800_000))) {
      return camera(encoder, 640, 360, seed);
    }
  }

  /** Pans over smooth noise and back, for {@link #LOOP} pictures. */
  static List<ByteBuffer> camera(VideoEncoder encoder, int shown, int height, int seed) {
    int width = shown + 2 * LOOP;
    int columns = width / 8 + 2;
    byte[] grid = new byte[columns * (height / 8 + 2)];
    new Random(seed).nextBytes(grid);
    byte[] wall = new byte[width * height];
    for (int i = 0; i < wall.length; i++) {
      int x = i % width;
      int cell = i / width / 8 * columns + x / 8;
      wall[i] =
          (byte) (70 + ((grid[cell] & 63) * (8 - x % 8) + (grid[cell + 1] & 63) * (x % 8)) / 8);
    }
    List<ByteBuffer> coded = new ArrayList<>();
    PlanarPicture picture = new PlanarPicture(shown, height);
    for (int i = 0; i < LOOP; i++) {
      int by = 4 * Math.min(i, LOOP - i);
      for (int y = 0; y < height; y++) {
        picture.plane(0).put(y * shown, wall, y * width + by, shown);
      }
      encoder.encode(
          picture, i * 3_000L, i == 0, (payload, time, sync) -> coded.add(copy(payload)));
    }
    return coded;
  }

  static List<ByteBuffer> voice(FfmpegCodecs codecs, int seed) {
    List<ByteBuffer> coded = new ArrayList<>();
    try (AudioEncoder encoder = codecs.opusEncoder(32_000)) {
      float[] samples = new float[1_920];
      for (int packet = 0; packet < 200; packet++) {
        for (int i = 0; i < 960; i++) {
          double at = (packet * 960 + i) / 48_000.0;
          samples[2 * i] = (float) (0.2 * Math.sin(2 * Math.PI * (150 + 40 * seed) * at));
          samples[2 * i + 1] = samples[2 * i];
        }
        encoder.encode(samples, packet * 960L, (payload, time, sync) -> coded.add(copy(payload)));
      }
    }
    return coded;
  }

  /** Runs the measurement. */
  public static void main(String[] args) throws Exception {
    int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 10;
    List<String> ladders =
        args.length > 1
            ? List.of(args).subList(1, args.length)
            : List.of("1080p,720p,480p,360p", "720p,480p,360p", "720p,360p", "480p,360p", "360p");
    FfmpegCodecs codecs = FfmpegCodecs.complete();
    List<List<ByteBuffer>> cameras = new ArrayList<>();
    List<List<ByteBuffer>> voices = new ArrayList<>();
    for (int i = 0; i < PEOPLE; i++) {
      cameras.add(camera(codecs, 7 + i));
      voices.add(voice(codecs, i));
    }
    var threads = ManagementFactory.getThreadMXBean();
    for (String name : ladders) {
      Ladder ladder = Ladder.of(name.split(",", -1));
      CompositionSpec spec = CompositionSpec.of("cost", "Cost", ladder);
      Stage stage =
          new Stage(
              codecs, new Director(new Canvas(spec.width(), spec.height()), "Cost"), source -> {});
      Bytes out = new Bytes();
      Program program =
          new Program(spec, stage, codecs, new Java2dLettering(), out, 0, id -> Runnable::run);
      stage.layout("grid", "");
      for (int i = 0; i < PEOPLE; i++) {
        put(stage, "c" + i, i, SourceSpec.Kind.CAMERA, SourceSpec.Codec.VP8);
        put(stage, "m" + i, i, SourceSpec.Kind.MICROPHONE, SourceSpec.Codec.OPUS);
      }
      run(program, stage, cameras, voices, 0, 90);
      out.bits.clear();
      long pace = Pace.measure(codecs, threads::getCurrentThreadCpuTime);
      long began = threads.getCurrentThreadCpuTime();
      run(program, stage, cameras, voices, 90, 90 + 30 * seconds);
      double cost = (threads.getCurrentThreadCpuTime() - began) / 1e9 / seconds;
      program.close();
      out.bits.replaceAll((id, bits) -> bits / seconds / 1_000);
      System.out.printf(
          "%-22s %.3f of a processor; %s takes %.2f ms a picture; kbit/s %s; load %s%n",
          ladder,
          cost,
          codecs.programEncoder(),
          pace / 1e6,
          out.bits,
          Files.readString(Path.of("/proc/loadavg")).strip());
    }
  }

  private static void put(
      Stage stage, String id, int person, SourceSpec.Kind kind, SourceSpec.Codec codec) {
    stage.put(new SourceSpec(id, "p" + person, "Person " + person, "student", kind, codec));
  }

  private static void run(
      Program program,
      Stage stage,
      List<List<ByteBuffer>> cameras,
      List<List<ByteBuffer>> voices,
      int from,
      int to) {
    for (int frame = from; frame < to; frame++) {
      long nowNanos = frame * FRAME_NANOS;
      for (int i = 0; i < PEOPLE; i++) {
        ByteBuffer picture = cameras.get(i).get(frame % LOOP).duplicate();
        stage.frame("c" + i, picture, frame * 3_000L, nowNanos, -1, frame % LOOP == 0, false);
        for (int packet = (frame * 5 + 2) / 3; packet < ((frame + 1) * 5 + 2) / 3; packet++) {
          ByteBuffer sound = voices.get(i).get(packet % 200).duplicate();
          stage.frame("m" + i, sound, packet * 960L, nowNanos, -1, true, false);
        }
      }
      while (program.run(nowNanos) <= nowNanos) {
        // Until all that is due is made.
      }
    }
  }
}
