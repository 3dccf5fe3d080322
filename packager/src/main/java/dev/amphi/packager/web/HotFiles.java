package dev.amphi.packager.web;

import dev.amphi.packager.mp4.Bytes;
import dev.amphi.packager.store.SegmentStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Whole segments that were asked for last, each in a file in memory without a name: the kernel
 * sends them without copying them (sendfile(2)). A file is never written again, because what is on
 * its way to somebody still is the file's own memory; it is let go of instead. Thread-safe.
 */
final class HotFiles {
  private static final System.Logger LOG = System.getLogger(HotFiles.class.getName());

  /** Copying less costs less than what else a request needs. */
  static final int LEAST_BYTES = 48 << 10;

  private final @Nullable Path memory;
  private final long mostBytes;
  private final LentMedia<FileChannel> lent = new LentMedia<>(this::letGo);
  private long bytes;

  /** The folder took no more than that. */
  private long room = Long.MAX_VALUE;

  /**
   * @param memory a folder in memory; null: there is none, and nothing is copied
   */
  HotFiles(@Nullable Path memory, long mostBytes) {
    this.memory = memory;
    this.mostBytes = mostBytes;
  }

  /** Where this machine has files in memory; null where it has none. */
  static @Nullable Path inMemory() {
    Path shared = Path.of("/dev/shm");
    return Files.isWritable(shared) ? shared : null;
  }

  /** The copy of something, if there is one. */
  LentMedia<FileChannel>.@Nullable Loan borrow(SegmentStore store, String name) {
    return lent.borrow(store, name);
  }

  /** Makes a copy and lends it; null when it is too small to be worth it, or has no room. */
  synchronized LentMedia<FileChannel>.@Nullable Loan copy(
      SegmentStore store, String name, SegmentStore.Media media) {
    LentMedia<FileChannel>.Loan known = borrow(store, name);
    long length = media.length();
    long most = Math.min(mostBytes, room);
    if (known != null || memory == null || length < LEAST_BYTES || length > most) {
      return known;
    }
    while (bytes + length > most) {
      if (!lent.forgetOne()) {
        return null;
      }
    }
    FileChannel file = write(memory, media);
    if (file == null) {
      return null;
    }
    bytes += length;
    return lent.lend(store, name, file, (int) length);
  }

  private @Nullable FileChannel write(Path folder, SegmentStore.Media media) {
    FileChannel file = null;
    try {
      Path path = Files.createTempFile(folder, "amphi-", ".m4s");
      try {
        file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
      } finally {
        Files.deleteIfExists(path);
      }
      for (Bytes piece : media.pieces()) {
        ByteBuffer left = piece.toByteBuffer();
        while (left.hasRemaining()) {
          file.write(left);
        }
      }
      return file;
    } catch (IOException e) {
      close(file);
      if (bytes < room) {
        room = bytes;
        LOG.log(
            System.Logger.Level.WARNING,
            "{0} takes no more than {1} bytes of segments ({2}): others are copied for each"
                + " viewer",
            folder,
            room,
            e.getMessage());
      }
      return null;
    }
  }

  /** Called by {@link #copy} alone, which holds the lock. */
  private void letGo(FileChannel file) {
    try {
      bytes -= file.size();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "A file in memory cannot be asked for its size", e);
    }
    close(file);
  }

  private static void close(@Nullable FileChannel file) {
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "A file in memory cannot be closed", e);
    }
  }
}
