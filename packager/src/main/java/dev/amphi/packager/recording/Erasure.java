package dev.amphi.packager.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Erases a recording for good: its key first, so that no copy of the rest can be read either. It
 * can be stopped at any instruction and run again.
 */
final class Erasure {
  private static final System.Logger LOG = System.getLogger(Erasure.class.getName());

  private Erasure() {}

  /** Puts on the disk that it is to be erased: from then on a start goes on with it. */
  static void mark(RecordingFolder folder) throws IOException {
    if (!Files.exists(folder.erasing())) {
      Files.createFile(folder.erasing());
    }
    RecordingFolder.sync(folder.path());
  }

  /**
   * Erases all of a folder, and the folder where it has no second home; whoever reads one of its
   * files finds it empty.
   */
  static void here(RecordingFolder folder) throws IOException {
    Path path = folder.path();
    if (!Files.exists(path)) {
      return;
    }
    mark(folder);
    destroyKey(folder.key());
    RecordingFolder.sync(path);
    for (Path file : files(path)) {
      if (!file.equals(folder.erasing())) {
        empty(file);
        Files.deleteIfExists(file);
      }
    }
    RecordingFolder.sync(path);
    if (folder.vault() == null) {
      remove(folder);
    }
  }

  /**
   * Erases what its second home has; the mark stays on this disk until nothing is left there.
   *
   * @param gone hears that nothing is left anywhere
   */
  static CompletionStage<Void> elsewhere(RecordingFolder folder, Runnable gone) {
    if (folder.vault() == null) {
      gone.run();
      return CompletableFuture.completedStage(null);
    }
    return folder
        .vault()
        .erase(
            folder.path(),
            () -> {
              try {
                here(folder); // What was noted about it meanwhile.
                remove(folder);
                gone.run();
              } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "an erased recording leaves its folder", e);
              }
            });
  }

  /** Removes the mark and the folder, which is empty by now. */
  static void remove(RecordingFolder folder) throws IOException {
    Files.deleteIfExists(folder.erasing());
    try {
      Files.deleteIfExists(folder.path());
    } catch (DirectoryNotEmptyException e) {
      mark(folder); // Something came meanwhile: the next start erases that too.
      throw e;
    }
    Path room = folder.path().getParent();
    if (room != null) {
      RecordingFolder.sync(room);
    }
  }

  /** Written over in place; what the disk itself keeps of it is the disk's. */
  private static void destroyKey(Path key) throws IOException {
    if (!Files.exists(key)) {
      return;
    }
    try (FileChannel file = FileChannel.open(key, StandardOpenOption.WRITE)) {
      RecordingFolder.writeFully(file, ByteBuffer.allocate((int) file.size()));
      file.force(true);
    }
    Files.deleteIfExists(key);
  }

  private static void empty(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(0);
    } catch (NoSuchFileException e) {
      // So much the better.
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(files::add);
    }
    return files;
  }
}
