package dev.amphi.composer;

import dev.amphi.composer.api.Composition;
import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.Ladder;
import dev.amphi.composer.api.ProgramListener;
import dev.amphi.composer.api.Shed;
import dev.amphi.composer.api.SourceSpec;
import dev.amphi.composer.process.ChildCommand;
import dev.amphi.composer.process.ProcessComposer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures what a program's first seconds cost, run by run, each in a child that has just been
 * started: when its first picture comes, processor time so far after 2, 5 and 10 s, pictures in the
 * first 10 s, and what was shed when. Four moving VP8 cameras from the first moment on, 720p and
 * AAC. Run by hand: {@code java -cp … dev.amphi.composer.ColdStartCost [runs] [option of the
 * child's Java machine …]}; {@code spare} as an option lets each child wait for its program, and
 * says what memory it has meanwhile.
 */
final class ColdStartCost {
  private static final int SOURCES = 4;
  private static final int LONG = 10;

  private ColdStartCost() {}

  private static final class Log implements ProgramListener {
    private final List<String> sheds = new ArrayList<>();
    private volatile long firstNanos;
    private volatile long pictures;
    private volatile long late;
    private Shed last = Shed.NOTHING;

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
      if (renditionId.equals("720p")) {
        firstNanos = firstNanos == 0 ? System.nanoTime() : firstNanos;
        pictures++;
      }
    }

    @Override
    public synchronized void load(Shed shed, long lateMillis) {
      late = Math.max(late, lateMillis);
      if (shed != last) {
        last = shed;
        sheds.add(
            String.format(
                Locale.ROOT, "%s at %.1f s", shed, (System.nanoTime() - firstNanos) / 1e9));
      }
    }

    synchronized List<String> sheds() {
      return List.copyOf(sheds);
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

  /** Runs the measurement. */
  public static void main(String[] args) throws Exception {
    int runs = args.length > 0 ? Integer.parseInt(args[0]) : 3;
    ChildCommand command = ChildCommand.likeThisProcess();
    boolean spare = false;
    for (int i = 1; i < args.length; i++) {
      if (args[i].equals("spare")) {
        spare = true;
      } else {
        command = command.with(args[i]);
      }
    }
    List<List<ByteBuffer>> loops = new ArrayList<>();
    for (int i = 0; i < SOURCES; i++) {
      loops.add(ComposerCost.loop(i * 9));
    }
    for (int run = 0; run < runs; run++) {
      System.out.printf(
          "run %d, load average %s%n",
          run + 1, Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]);
      run(command, spare, loops);
    }
  }

  private static void run(ChildCommand command, boolean spare, List<List<ByteBuffer>> loops)
      throws InterruptedException, IOException {
    try (ProcessComposer composer =
        new ProcessComposer(command, System::nanoTime, InstantSource.system())) {
      if (spare) {
        composer.withSpare().expect();
        Thread.sleep(10_000); // until there is a spare one, and it is ready
        System.out.printf(
            Locale.ROOT,
            "the spare child: %s, %.2f CPU-s so far%n",
            memory(child()),
            ComposerCost.cpuSeconds(child()));
      }
      Log log = new Log();
      long startNanos = System.nanoTime();
      Composition composition = composer.start(CompositionSpec.of("cold", "Cold", one()), log);
      composition.layout("grid", "");
      for (int i = 0; i < SOURCES; i++) {
        composition.putSource(
            new SourceSpec(
                "c" + i,
                "p" + i,
                "Person " + i,
                i == 0 ? "instructor" : "student",
                SourceSpec.Kind.CAMERA,
                SourceSpec.Codec.VP8));
      }
      long pid = child();
      double waited = ComposerCost.cpuSeconds(pid);
      Thread feeding = Thread.ofPlatform().start(() -> feed(composition, loops));
      while (log.firstNanos == 0) {
        Thread.sleep(1);
      }
      StringBuilder line = new StringBuilder();
      line.append(
          String.format(
              Locale.ROOT, "first picture %.2f s; CPU-s", (log.firstNanos - startNanos) / 1e9));
      for (int second : List.of(0, 2, 5, LONG)) {
        while (System.nanoTime() - log.firstNanos < second * 1_000_000_000L) {
          Thread.sleep(1);
        }
        line.append(
            String.format(
                Locale.ROOT, " %.2f at %d s,", ComposerCost.cpuSeconds(pid) - waited, second));
      }
      System.out.printf(
          "%s %d pictures, at most %d ms late; shed %s%n",
          line, log.pictures, log.late, log.sheds());
      feeding.join();
      composition.close();
    }
  }

  /** The oldest one: a spare child of the program's is younger. */
  private static long child() {
    return ProcessHandle.current().children().mapToLong(ProcessHandle::pid).min().orElseThrow();
  }

  /** What is in RAM; shared pages are counted in parts in the second figure. */
  private static List<String> memory(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup")).stream()
        .filter(line -> line.matches("(Rss|Pss|Private_Dirty):.*"))
        .map(line -> line.replaceAll("\\s+", " "))
        .toList();
  }

  private static void feed(Composition composition, List<List<ByteBuffer>> loops) {
    try {
      ComposerCost.feed(composition, loops, LONG + 3);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Ladder one() {
    return Ladder.of("720p");
  }
}
