package dev.amphi.server.load.composer;

import dev.amphi.composer.api.Shed;
import dev.amphi.composer.ffmpeg.FfmpegCodecs;
import dev.amphi.composer.process.ProcessComposer;
import dev.amphi.server.load.LoadFailed;
import dev.amphi.server.load.ProcessUsage;
import dev.amphi.server.load.source.ClockReader;
import java.util.concurrent.TimeUnit;

/**
 * A minute of four cameras whose pictures say which frame they are: what the program's coded
 * pictures show is looked up in the list of when each frame was handed over.
 */
final class DelayRun {
  private static final String NAME = "The program";
  private static final int SETTLE_SECONDS = 4;
  private static final int SECONDS = 56;

  private DelayRun() {}

  static DelayResult measure(ProcessComposer composer, BenchScene scene)
      throws LoadFailed, InterruptedException {
    FedLog fed = new FedLog(scene.sources().size());
    CodedProgram coded = new CodedProgram();
    Run run = run(composer, scene, fed, coded);
    DelayTally tally = tally(scene, fed, coded, run);
    return new DelayResult(
        tally.whole(),
        tally.untilDue(),
        tally.afterDue(),
        tally.skipped(),
        run.cpu(),
        run.residentMib(),
        run.pictures(),
        run.shed());
  }

  private record Run(
      long startNanos, long endNanos, double cpu, double residentMib, double pictures, Shed shed) {
    boolean has(long atNanos) {
      return atNanos >= startNanos && atNanos <= endNanos;
    }
  }

  private static Run run(ProcessComposer composer, BenchScene scene, FedLog fed, CodedProgram coded)
      throws LoadFailed, InterruptedException {
    try (ProgramRoom room =
        new ProgramRoom(
            composer, scene.spec("bench-delay"), scene.layout(), scene.sources(), fed, coded)) {
      room.reach(NAME, 1);
      room.reach(NAME, (long) SETTLE_SECONDS * BenchScene.FRAMES_PER_SECOND);
      room.forget();
      long startNanos = System.nanoTime();
      ProcessUsage before = room.usage(NAME);
      long pictures = room.pictures();
      Thread.sleep(TimeUnit.SECONDS.toMillis(SECONDS));
      ProcessUsage after = room.usage(NAME);
      long endNanos = System.nanoTime();
      if (!room.failure().isEmpty()) {
        throw new LoadFailed("The program was interrupted: " + room.failure());
      }
      double clock = (endNanos - startNanos) / 1e9;
      return new Run(
          startNanos,
          endNanos,
          (after.cpuSeconds() - before.cpuSeconds()) / clock,
          after.residentMib(),
          (room.pictures() - pictures) / clock,
          room.most());
    }
  }

  private static DelayTally tally(BenchScene scene, FedLog fed, CodedProgram coded, Run run) {
    int loop = scene.videos().getFirst().loop().frames().size();
    DelayTally tally = new DelayTally(fed, scene.videos().size(), loop);
    coded.decode(
        new FfmpegCodecs(),
        (picture, dueNanos, codedNanos) ->
            ClockReader.read(picture)
                .forEach(
                    clock ->
                        tally.seen(
                            FrameClock.of(clock.millis()),
                            dueNanos,
                            codedNanos,
                            run.has(codedNanos))));
    return tally;
  }
}
