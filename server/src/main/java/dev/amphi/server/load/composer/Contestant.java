package dev.amphi.server.load.composer;

import dev.amphi.server.load.LoadFailed;
import dev.amphi.server.load.ProcessUsage;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** One way to compose a scene, in a process of its own. */
interface Contestant {
  /** Longer than the frames that are waited for take. */
  long MOST_WAIT_SECONDS = 30;

  /** As the table names it. */
  String name();

  /** Which build it is. */
  String version() throws LoadFailed, InterruptedException;

  /** Starts on a scene in real time. */
  Running start(BenchScene scene) throws LoadFailed, InterruptedException, IOException;

  /** A process at work. */
  interface Running extends AutoCloseable {
    long pid();

    /** Thirtieths of a second of the best rendition that are coded so far. */
    long frames();

    /** Pictures of the best rendition: fewer than frames where one is shown for several. */
    long pictures();

    /** Bytes of the best rendition's pictures. */
    long bytes();

    /** What x264 wrote into its stream about its settings, or "" before the first picture. */
    String settings();

    /** Why it failed, or "". */
    String failure();

    /** Waits until so many more frames are made. */
    default void reach(String name, long more) throws LoadFailed, InterruptedException {
      long from = frames();
      long seconds = MOST_WAIT_SECONDS + more / BenchScene.FRAMES_PER_SECOND;
      long untilNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
      while (frames() - from < more) {
        if (!failure().isEmpty()) {
          throw new LoadFailed(name + " failed: " + failure());
        }
        if (System.nanoTime() > untilNanos) {
          throw new LoadFailed(
              name + " made only " + (frames() - from) + " frames in " + seconds + " s.");
        }
        Thread.sleep(20);
      }
    }

    /** What the process has used. */
    default ProcessUsage usage(String name) throws LoadFailed {
      return ProcessUsage.of(pid())
          .orElseThrow(() -> new LoadFailed(name + " is gone. " + failure()));
    }

    @Override
    void close();
  }
}
