package dev.amphi.packager.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Erases a recording for good: its key first, so that no copy of the rest can be read either. It
 * can be stopped at any instruction and run again.
 */
final class Erasure {
  private Erasure() {}

  /** Puts on the disk that it is to be erased: from then on a start goes on with it. */
  static void mark(RecordingFolder folder) throws IOException {
    if (!Files.exists(folder.erasing())) {
      Files.createFile(folder.erasing());
    }
    RecordingFolder.sync(folder.path());
  }

  /** Erases all of a folder, and the folder; whoever reads one of its files finds it empty. */
  static void run(RecordingFolder folder) throws IOException {
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
    Files.deleteIfExists(folder.erasing());
    Files.deleteIfExists(path);
    Path room = path.getParent();
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
