package dev.amphi.composer;

import dev.amphi.composer.api.Composition;
import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.ProgramListener;
import dev.amphi.composer.api.Shed;
import dev.amphi.composer.api.SourceSpec;
import dev.amphi.composer.process.ChildCommand;
import dev.amphi.composer.process.ProcessComposer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures how far a program falls behind the clock while others take the processors: four moving
 * VP8 cameras, 720p and 360p and AAC, beside so many processes that only count. Prints each second
 * how late the newest picture and the newest sound are, and what was shed. Run by hand: {@code java
 * -cp … dev.amphi.composer.LoadedCost [hogs] [seconds of load] [seconds of rest]}.
 */
final class LoadedCost {
  private static final int SOURCES = 4;

  private LoadedCost() {}

  private static final class Clock implements ProgramListener {
    private volatile Instant startsAt = Instant.MAX;
    private volatile long pictureMillis;
    private volatile long soundMillis;
    private volatile String shed = "?";

    @Override
    public void format(
        String renditionId,
        boolean video,
        int width,
        int height,
        ByteBuffer codecConfig,
        int timescale,
        Instant startsAt,
        int epoch) {
      this.startsAt = startsAt;
    }

    @Override
    public void sample(
        String renditionId, ByteBuffer payload, long timeTicks, int durationTicks, boolean sync) {
      if (renditionId.equals("720p")) {
        pictureMillis = (timeTicks + durationTicks) / 90;
      } else if (renditionId.equals(CompositionSpec.AUDIO)) {
        soundMillis = (timeTicks + durationTicks) / 48;
      }
    }

    @Override
    public void load(Shed shed, long lateMillis) {
      this.shed = shed.toString();
    }

    @Override
    public void keyFrameWanted(String sourceId) {}

    @Override
    public void interrupted(String reason) {
      System.out.println("interrupted: " + reason);
    }

    @Override
    public void ended() {}

    long late(long millis) {
      return Duration.between(startsAt, Instant.now()).toMillis() - millis;
    }
  }

  /** Runs the measurement. */
  public static void main(String[] args) throws Exception {
    int hogs = args.length > 0 ? Integer.parseInt(args[0]) : 6;
    int loaded = args.length > 1 ? Integer.parseInt(args[1]) : 40;
    int rest = args.length > 2 ? Integer.parseInt(args[2]) : 0;
    List<List<ByteBuffer>> loops = new ArrayList<>();
    for (int i = 0; i < SOURCES; i++) {
      loops.add(ComposerCost.loop(i * 9));
    }
    Clock clock = new Clock();
    List<Process> others = new ArrayList<>();
    try (ProcessComposer composer =
        new ProcessComposer(
            ChildCommand.likeThisProcess(), System::nanoTime, InstantSource.system())) {
      Composition composition = composer.start(CompositionSpec.standard("load", "Load"), clock);
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
      while (clock.pictureMillis == 0) {
        Thread.sleep(5);
      }
      observe("quiet", composition, loops, clock, 5);
      for (int i = 0; i < hogs; i++) {
        others.add(new ProcessBuilder("/bin/sh", "-c", "while :; do :; done").start());
      }
      observe("loaded", composition, loops, clock, loaded);
      others.forEach(Process::destroyForcibly);
      observe("after", composition, loops, clock, rest);
      composition.close();
    } finally {
      others.forEach(Process::destroyForcibly);
    }
  }

  private static void observe(
      String name, Composition composition, List<List<ByteBuffer>> loops, Clock clock, int seconds)
      throws InterruptedException {
    for (int i = 0; i < seconds; i++) {
      ComposerCost.feed(composition, loops, 1);
      System.out.printf(
          "%s %2d s: picture %d ms late, sound %d ms, shed %s%n",
          name, i + 1, clock.late(clock.pictureMillis), clock.late(clock.soundMillis), clock.shed);
    }
  }
}
