package dev.amphi.packager.recording;

import dev.amphi.packager.api.RecordingView;
import dev.amphi.packager.api.TrackComposer;
import dev.amphi.packager.crypt.SealedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/** The files of recordings that people may have, found by known ids, never by a path. */
final class ArchiveFiles {
  private final RecordingShelf shelf;
  private final RecordingKeys keys;

  ArchiveFiles(RecordingShelf shelf, RecordingKeys keys) {
    this.shelf = shelf;
    this.keys = keys;
  }

  /** A file of a recording that is ready, where it has one. Blocks on the disk. */
  Optional<RecordedContent> open(String roomId, String id, RecordedFile file) throws IOException {
    Optional<RecordingFolder> folder =
        shelf.ready(roomId, id).filter(found -> isOffered(roomId, id, file));
    return folder.isEmpty() || !folder.get().has(file)
        ? Optional.empty()
        : Optional.of(RecordedContent.open(folder.get(), file, keys.of(folder.get())));
  }

  /** A part that was taken away may be in the second home still. */
  private boolean isOffered(String roomId, String id, RecordedFile file) {
    Optional<TrackComposer.Show> show = file.show();
    if (show.isPresent()) {
      return shelf
          .composition(roomId, id, show.get())
          .filter(it -> it.state().equals(RecordingState.READY))
          .isPresent();
    }
    return !file.isOfPart() || shelf.view(roomId, id).flatMap(RecordingView::part).isPresent();
  }

  /** A file of the tracks; where they are not files yet there is none. Blocks on the disk. */
  Optional<RecordedContent> open(String roomId, String id, TrackFile file) throws IOException {
    Optional<RecordingFolder> folder =
        shelf.kept(roomId, id).map(RecordingShelf.Kept::folder).filter(this::hasTracks);
    return folder.isEmpty() || !folder.get().has(file.fileName())
        ? Optional.empty()
        : Optional.of(RecordedContent.open(folder.get(), file.fileName(), keys.of(folder.get())));
  }

  /** Whether a recording's tracks are still to become files. */
  boolean isMakingTracks(String roomId, String id) {
    return shelf
        .kept(roomId, id)
        .map(RecordingShelf.Kept::folder)
        .filter(folder -> Files.exists(folder.tracksJournal()) && !hasTracks(folder))
        .isPresent();
  }

  private boolean hasTracks(RecordingFolder folder) {
    return Files.exists(folder.tracksList());
  }

  /** Whether a file is to be read from the second home. Blocks on the disk. */
  boolean isAway(String roomId, String id, String fileName) throws IOException {
    Optional<RecordingShelf.Kept> kept = shelf.kept(roomId, id);
    return kept.isPresent() && kept.get().folder().isAway(fileName);
  }

  /**
   * How many bytes of MP4 a recording is downloaded as, 0 where it has none. Blocks on the disk,
   * wherever the MP4 is.
   */
  long movieBytes(String roomId, String id) throws IOException {
    Optional<RecordingFolder> folder = shelf.ready(roomId, id);
    if (folder.isEmpty()) {
      return 0;
    }
    long stored = folder.get().storedBytes(RecordedFile.MOVIE);
    return Files.exists(folder.get().key()) ? SealedFile.plainBytes(stored) : stored;
  }
}
