package dev.amphi.packager.recording;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Tells other processes that a recording is being written: a lock on a file that nobody reads. A
 * lock on the journal would end as soon as this process had read the journal and closed it (fcntl,
 * POSIX.1-2017).
 */
record InUse(RecordingFolder folder, FileChannel file) implements AutoCloseable {
  /** Holds the lock until it is closed, or the process ends. */
  static InUse begin(RecordingFolder folder) throws IOException {
    FileChannel file =
        FileChannel.open(folder.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (file.tryLock() != null) {
        return new InUse(folder, file);
      }
      throw new IOException("another process writes the recording " + folder.id());
    } catch (IOException | OverlappingFileLockException e) {
      file.close();
      throw e;
    }
  }

  /** Whether somebody writes it; earlier versions locked the journal itself. */
  static boolean is(RecordingFolder folder) throws IOException {
    return isLocked(folder.lock()) || isLocked(folder.journal());
  }

  private static boolean isLocked(Path path) throws IOException {
    if (!Files.exists(path)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock == null;
    } catch (OverlappingFileLockException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
