package dev.amphi.packager.store;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads and the folder behind the rewind of all rooms. Thread-safe. */
public final class Spool implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Spool.class.getName());
  private static final int THREADS = 2;
  private static final int QUEUE = 1024;

  private final Path folder;
  private final long limitBytesPerRoom;
  private final SecureRandom random = new SecureRandom();
  private final ThreadPoolExecutor threads;

  /**
   * @param folder made when the first room needs it
   * @param limitBytesPerRoom how much of the disk one class may take
   */
  public Spool(Path folder, long limitBytesPerRoom) {
    this.folder = folder;
    this.limitBytesPerRoom = limitBytesPerRoom;
    AtomicInteger number = new AtomicInteger();
    // A full queue refuses: writes are then tried later, reads answer 503.
    this.threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(QUEUE),
            task ->
                Thread.ofPlatform()
                    .name("packager-spool-" + number.incrementAndGet())
                    .daemon()
                    .unstarted(task));
  }

  /** A store for one broadcast: on the heap alone where the folder cannot be written. */
  public SegmentStore open(String roomId) {
    try {
      return new RewindSegmentStore(
          SpoolFile.create(folder, random, limitBytesPerRoom), executor());
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "room " + roomId + " rewinds from memory only, because " + folder + " is unwritable",
          e);
      return new MemorySegmentStore();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private Executor executor() {
    return threads;
  }
}
