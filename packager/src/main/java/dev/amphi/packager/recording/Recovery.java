package dev.amphi.packager.recording;

import dev.amphi.packager.crypt.RecordingKey;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Goes through what earlier runs left: lists it, and has finished what they did not finish. */
final class Recovery {
  private static final System.Logger LOG = System.getLogger(Recovery.class.getName());

  private final Path root;
  private final RecordingKeys keys;
  private final RecordingArchive archive;

  Recovery(Path root, RecordingKeys keys, RecordingArchive archive) {
    this.root = root;
    this.keys = keys;
    this.archive = archive;
  }

  void run() {
    if (!Files.isDirectory(root)) {
      return;
    }
    for (Path room : children(root)) {
      children(room).forEach(path -> recover(new RecordingFolder(path)));
    }
  }

  /** The same for one that came later. */
  void run(Path folder) {
    recover(new RecordingFolder(folder));
  }

  private void recover(RecordingFolder found) {
    RecordingFolder folder = found.in(archive.vault());
    try {
      if (Files.exists(folder.erasing())) {
        Erasure.here(folder);
        archive.goOnErasing(folder);
        LOG.log(System.Logger.Level.INFO, "recording {0}: erased at last", folder.id());
      } else if (Files.exists(folder.journal()) ? !InUse.is(folder) : isKept(folder)) {
        list(folder);
      }
    } catch (IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "cannot recover " + folder.path(), e);
    }
  }

  /** Whether anything was recorded, whatever became of the rest. */
  private static boolean isKept(RecordingFolder folder) throws IOException {
    return folder.hasMedia() || folder.has(RecordedFile.MOVIE);
  }

  private void list(RecordingFolder folder) throws IOException {
    String roomId = folder.roomId();
    try {
      byte[] file = Files.readAllBytes(folder.journal());
      Optional<JournalEntry.Opened> claimed =
          Journal.claimed(file).filter(opened -> opened.id().equals(folder.id()));
      if (claimed.isEmpty() && !isKept(folder)) {
        return; // It died before its first entry: nothing was recorded, and nobody was told of it.
      }
      roomId = claimed.map(JournalEntry.Opened::roomId).orElse(roomId);
      archive.register(roomId, folder, claimed.isPresent() ? claimed.get().at() : folder.beganAt());
      read(folder, roomId, file);
    } catch (IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "cannot read the recording " + folder.path(), e);
      archive.register(roomId, folder, folder.beganAt());
      archive.changed(RecordingState.unreadable(folder.id(), roomId, e));
      folder.settle();
    }
  }

  private void read(RecordingFolder folder, String roomId, byte[] file) throws IOException {
    RecordingKey key = keys.of(folder);
    Journal journal = Journal.read(file, RecordingKey.links(key));
    // What is linked was written after a first line, whatever became of that.
    if (journal.opened().isEmpty() && (journal.entries().isEmpty() || !journal.linked())) {
      throw new IOException("its key is gone, or its journal is damaged");
    }
    double seconds = RecordingState.seconds(journal);
    if (!journal.finished() && journal.outcome().isEmpty()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "recording {0} of room {1} was cut off after {2} s: it is finished now",
          folder.id(),
          roomId,
          seconds);
    }
    archive.finish(roomId, folder, seconds);
  }

  private static List<Path> children(Path folder) {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, Files::isDirectory)) {
      stream.forEach(children::add);
    } catch (IOException | DirectoryIteratorException e) {
      LOG.log(System.Logger.Level.WARNING, "cannot list the recordings in " + folder, e);
    }
    children.sort(null);
    return children;
  }
}
