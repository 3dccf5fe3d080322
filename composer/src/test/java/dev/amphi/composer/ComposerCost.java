package dev.amphi.composer;

import dev.amphi.composer.api.Composition;
import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.Ladder;
import dev.amphi.composer.api.ProgramListener;
import dev.amphi.composer.api.SourceSpec;
import dev.amphi.composer.codec.EncoderChoice;
import dev.amphi.composer.codec.PlanarPicture;
import dev.amphi.composer.codec.VideoEncoder;
import dev.amphi.composer.codec.VideoEncoding;
import dev.amphi.composer.ffmpeg.FfmpegCodecs;
import dev.amphi.composer.process.ChildCommand;
import dev.amphi.composer.process.ProcessComposer;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Measures one child: seconds of processor time per second of program, memory, and how long the
 * first sample takes. Four moving 640×360 VP8 sources in a grid, 720p and 360p and AAC. Run by
 * hand: {@code java -cp … dev.amphi.composer.ComposerCost [seconds] [ladder, as 720p,360p]
 * [encoder]}.
 */
final class ComposerCost {
  private static final int SOURCES = 4;
  private static final int LOOP = 120;

  private ComposerCost() {}

  private static final class Counter implements ProgramListener {
    volatile long firstSampleNanos;
    volatile long newestTicks;
    volatile long bytes;
    final String best;

    Counter(String best) {
      this.best = best;
    }

    @Override
    public void format(
        String renditionId,
        boolean video,
        int width,
        int height,
        ByteBuffer codecConfig,
        int timescale,
        Instant startsAt,
        int epoch) {}

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // called from one thread
    public void sample(
        String renditionId, ByteBuffer payload, long timeTicks, int durationTicks, boolean sync) {
      if (renditionId.equals(best)) {
        if (firstSampleNanos == 0) {
          firstSampleNanos = System.nanoTime();
        }
        newestTicks = timeTicks;
        bytes += payload.remaining();
      }
    }

    @Override
    public void keyFrameWanted(String sourceId) {}

    @Override
    public void interrupted(String reason) {
      System.out.println("interrupted: " + reason);
    }

    @Override
    public void ended() {}
  }

  /** A loop of pictures that move like a talking head before a textured wall. */
  static List<ByteBuffer> loop(int seed) {
    List<ByteBuffer> coded = new ArrayList<>();
    Random random = new Random(seed);
    byte[] wall = new byte[640 * 360];
    random.nextBytes(wall);
    VideoEncoding encoding = new VideoEncoding(640, 360, 30, LOOP, 600_000);
    try (VideoEncoder encoder = new FfmpegCodecs().vp8Encoder(encoding)) {
      PlanarPicture picture = new PlanarPicture(640, 360);
      for (int i = 0; i < LOOP; i++) {
        ByteBuffer luma = picture.plane(0);
        for (int at = 0; at < wall.length; at++) {
          luma.put(at, (byte) (100 + (wall[at] & 7)));
        }
        int x = 220 + (int) (40 * Math.sin(i * 2 * Math.PI / LOOP));
        picture.fill(x & ~1, 60 + (i % 20), 200, 260, 150 + seed, 110, 150);
        picture.fill((x + 60) & ~1, 200 + (i * 7 % 16), 80, 20, 60, 110, 170);
        encoder.encode(
            picture,
            i * 3_000L,
            i == 0,
            (payload, time, sync) ->
                coded.add(ByteBuffer.allocateDirect(payload.remaining()).put(payload).flip()));
      }
    }
    return coded;
  }

  static double cpuSeconds(long pid) {
    return ProcessHandle.of(pid)
            .flatMap(handle -> handle.info().totalCpuDuration())
            .map(Duration::toNanos)
            .orElse(0L)
        / 1e9;
  }

  /** Runs the measurement. */
  public static void main(String[] args) throws Exception {
    int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 20;
    List<List<ByteBuffer>> loops = new ArrayList<>();
    for (int i = 0; i < SOURCES; i++) {
      loops.add(loop(i * 9));
    }
    Ladder ladder = args.length > 1 ? Ladder.of(args[1].split(",", -1)) : Ladder.STANDARD;
    EncoderChoice encoder =
        args.length > 2
            ? EncoderChoice.valueOf(args[2].toUpperCase(Locale.ROOT))
            : EncoderChoice.AUTO;
    Counter counter = new Counter(ladder.ids().getFirst());
    try (ProcessComposer composer =
        new ProcessComposer(
            ChildCommand.likeThisProcess().with(encoder.option()),
            System::nanoTime,
            InstantSource.system())) {
      System.out.println(composer.checkup());
      long startNanos = System.nanoTime();
      Composition composition = composer.start(CompositionSpec.of("cost", "Cost", ladder), counter);
      composition.layout("grid", "");
      for (int i = 0; i < SOURCES; i++) {
        composition.putSource(
            new SourceSpec(
                "c" + i,
                "p" + i,
                "Person " + i,
                "student",
                SourceSpec.Kind.CAMERA,
                SourceSpec.Codec.VP8));
      }
      while (counter.firstSampleNanos == 0) {
        Thread.sleep(1);
      }
      System.out.printf(
          "first sample after %.2f s%n", (counter.firstSampleNanos - startNanos) / 1e9);
      long pid =
          ProcessHandle.current().children().mapToLong(ProcessHandle::pid).min().orElseThrow();
      feed(composition, loops, 3);
      double cpu = cpuSeconds(pid);
      long ticks = counter.newestTicks;
      long bytes = counter.bytes;
      feed(composition, loops, seconds);
      double program = (counter.newestTicks - ticks) / 90_000.0;
      System.out.printf(
          "%.3f CPU-seconds per program-second over %.1f s; %s, the first at %.0f kbit/s;"
              + " %s; load average %s%n",
          (cpuSeconds(pid) - cpu) / program,
          program,
          ladder,
          (counter.bytes - bytes) * 8 / program / 1_000,
          Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
              .filter(line -> line.startsWith("VmRSS") || line.startsWith("VmHWM"))
              .toList(),
          Files.readString(Path.of("/proc/loadavg")).strip());
      composition.close();
    }
  }

  static void feed(Composition composition, List<List<ByteBuffer>> loops, int seconds)
      throws InterruptedException {
    long startNanos = System.nanoTime();
    for (int frame = 0; frame < seconds * 30; frame++) {
      long dueNanos = startNanos + frame * 33_333_333L;
      while (System.nanoTime() < dueNanos) {
        Thread.sleep(1);
      }
      for (int i = 0; i < loops.size(); i++) {
        composition.frame(
            "c" + i,
            loops.get(i).get(frame % LOOP),
            startNanos * 9 / 100_000 + frame * 3_000L,
            System.nanoTime(),
            -1,
            frame % LOOP == 0);
      }
    }
  }
}
