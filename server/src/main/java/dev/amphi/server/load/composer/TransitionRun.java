package dev.amphi.server.load.composer;

import dev.amphi.composer.process.ProcessComposer;
import dev.amphi.server.load.LoadFailed;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Goes to and fro between two layouts once a second, and compares with both of them standing. A
 * move takes 400 ms; what the encoder does afterwards to make the new scene sharp counts as well.
 */
final class TransitionRun {
  private static final String NAME = "The program";
  private static final int SETTLE_SECONDS = 3;
  private static final int STAND_SECONDS = 6;
  private static final int MOVES = 12;
  private static final long SECOND_MILLIS = TimeUnit.SECONDS.toMillis(1);

  private TransitionRun() {}

  /** Measures the moves from the first layout to the second and back. */
  static TransitionResult measure(
      ProcessComposer composer, BenchScene scene, String words, List<String> layouts)
      throws LoadFailed, InterruptedException {
    try (ProgramRoom room =
        new ProgramRoom(
            composer,
            scene.spec("bench-moves"),
            layouts.getFirst(),
            scene.sources(),
            Feeder.Fed.UNSEEN,
            ProgramRoom.Watcher.NOBODY)) {
      room.reach(NAME, 1);
      Thread.sleep(SETTLE_SECONDS * SECOND_MILLIS);
      room.forget();
      double standing = standing(room);
      room.composition().layout(layouts.getLast(), "");
      Thread.sleep(SETTLE_SECONDS * SECOND_MILLIS);
      standing = (standing + standing(room)) / 2;
      long pictures = room.pictures();
      double cpu = room.usage(NAME).cpuSeconds();
      long startNanos = System.nanoTime();
      for (int i = 0; i < MOVES; i++) {
        room.composition().layout(layouts.get(i % 2), "");
        Thread.sleep(SECOND_MILLIS);
      }
      double seconds = (System.nanoTime() - startNanos) / 1e9;
      double moving = (room.usage(NAME).cpuSeconds() - cpu) / seconds;
      if (!room.failure().isEmpty()) {
        throw new LoadFailed("The program was interrupted: " + room.failure());
      }
      double shown = (room.pictures() - pictures) / seconds;
      return new TransitionResult(words, standing, moving, seconds, MOVES, shown, room.most());
    }
  }

  private static double standing(ProgramRoom room) throws LoadFailed, InterruptedException {
    double cpu = room.usage(NAME).cpuSeconds();
    long startNanos = System.nanoTime();
    Thread.sleep(STAND_SECONDS * SECOND_MILLIS);
    return (room.usage(NAME).cpuSeconds() - cpu) / ((System.nanoTime() - startNanos) / 1e9);
  }
}
