package dev.amphi.server.load.composer;

import dev.amphi.composer.api.SourceSpec;
import dev.amphi.composer.codec.PackedPicture;
import dev.amphi.composer.process.ProcessComposer;
import dev.amphi.server.load.LoadFailed;
import dev.amphi.server.load.ProcessUsage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Several classes at once, in each a teacher's camera and slides as the slides' desk shows them: a
 * still page of 1280×720, turned every five seconds.
 */
final class RoomsRun {
  private static final int ROOMS = 4;
  private static final int SECONDS = 20;
  private static final int SECONDS_PER_PAGE = 5;
  private static final int WIDTH = 1_280;
  private static final int HEIGHT = 720;
  private static final SourceSpec SLIDES =
      new SourceSpec(
          "slides", "slides", "Slides", "", SourceSpec.Kind.SCREEN, SourceSpec.Codec.STILL);

  private final List<ProgramRoom> rooms = new ArrayList<>();
  private final List<byte[]> pages = new ArrayList<>();

  private RoomsRun() {
    for (int turned = 0; turned < 2; turned++) {
      pages.add(PackedPicture.pack(StillPage.draw(WIDTH, HEIGHT, turned)));
    }
  }

  /** Measures all at the same time. */
  static List<RoomResult> measure(ProcessComposer composer, BenchScene scene, int settleSeconds)
      throws LoadFailed, InterruptedException {
    RoomsRun run = new RoomsRun();
    try {
      for (int i = 0; i < ROOMS; i++) {
        run.open(composer, scene, "bench-room-" + i);
      }
      run.rooms.getLast().reach("A room", (long) settleSeconds * BenchScene.FRAMES_PER_SECOND);
      return run.observe();
    } finally {
      run.rooms.forEach(ProgramRoom::close);
    }
  }

  private void open(ProcessComposer composer, BenchScene scene, String id)
      throws LoadFailed, InterruptedException {
    ProgramRoom room =
        new ProgramRoom(
            composer,
            scene.spec(id),
            scene.layout(),
            scene.sources(),
            Feeder.Fed.UNSEEN,
            ProgramRoom.Watcher.NOBODY);
    rooms.add(room);
    room.composition().putSource(SLIDES);
    turn(room, 0);
    room.reach(id, 1);
  }

  private void turn(ProgramRoom room, int page) {
    ByteBuffer packed = ByteBuffer.wrap(pages.get(page % pages.size()));
    room.composition().still(SLIDES.id(), WIDTH, HEIGHT, packed);
  }

  private record Reading(ProcessUsage usage, long pictures, long frames) {}

  private List<Reading> read() throws LoadFailed {
    List<Reading> readings = new ArrayList<>();
    for (ProgramRoom room : rooms) {
      readings.add(new Reading(room.usage("A room"), room.pictures(), room.frames()));
    }
    return readings;
  }

  private List<RoomResult> observe() throws LoadFailed, InterruptedException {
    rooms.forEach(ProgramRoom::forget);
    long startNanos = System.nanoTime();
    List<Reading> before = read();
    for (int page = 1; page <= SECONDS / SECONDS_PER_PAGE; page++) {
      for (ProgramRoom room : rooms) {
        turn(room, page);
      }
      Thread.sleep(TimeUnit.SECONDS.toMillis(SECONDS_PER_PAGE));
    }
    List<Reading> after = read();
    double clock = (System.nanoTime() - startNanos) / 1e9;
    List<RoomResult> results = new ArrayList<>();
    for (int i = 0; i < rooms.size(); i++) {
      results.add(result(i, before.get(i), after.get(i), clock));
    }
    return results;
  }

  private RoomResult result(int index, Reading before, Reading after, double clock)
      throws LoadFailed {
    ProgramRoom room = rooms.get(index);
    if (!room.failure().isEmpty()) {
      throw new LoadFailed("Room " + (index + 1) + " was interrupted: " + room.failure());
    }
    return new RoomResult(
        index + 1,
        (after.pictures() - before.pictures()) / clock,
        (after.frames() - before.frames()) / clock / BenchScene.FRAMES_PER_SECOND,
        room.most(),
        room.latestMillis(),
        (after.usage().cpuSeconds() - before.usage().cpuSeconds()) / clock,
        after.usage().residentMib());
  }
}
