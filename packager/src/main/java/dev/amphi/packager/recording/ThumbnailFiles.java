package dev.amphi.packager.recording;

import dev.amphi.packager.crypt.RecordingKey;
import dev.amphi.packager.mp4.Bytes;
import dev.amphi.packager.thumbnails.Thumbnail;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The small pictures of a recording while it is written, in one file to which they are appended;
 * sealed where the recording is encrypted, each bound to its place and its time. For one thread.
 */
final class ThumbnailFiles implements AutoCloseable {
  /** What they are sealed about, where a chunk names its track. */
  private static final String TRACK = "thumbnails";

  private final TrackFiles files;

  /**
   * @param key seals them; null where they are plain
   */
  ThumbnailFiles(RecordingFolder folder, @Nullable RecordingKey key) {
    files = new TrackFiles(folder, track -> RecordingFolder.THUMBNAILS, key);
  }

  /** Appends one; what is told of it counts once {@link #force} came back. */
  JournalEntry.Thumbnail append(Thumbnail picture) throws IOException {
    JournalEntry.Chunk stored =
        files.append(TRACK, 0, picture.at().toEpochMilli(), 0, picture.jpeg());
    return new JournalEntry.Thumbnail(
        picture.at(),
        picture.width(),
        picture.height(),
        stored.offset(),
        stored.length(),
        stored.checksum());
  }

  /** All that was appended. */
  long bytes() throws IOException {
    return files.bytes();
  }

  /** Puts all that was appended on the disk. */
  void force() throws IOException {
    files.force();
  }

  @Override
  public void close() throws IOException {
    files.close();
  }

  /** How they are read back. */
  static ChunkFiles reading(RecordingFolder folder, @Nullable RecordingKey key) {
    return new ChunkFiles(folder, track -> RecordingFolder.THUMBNAILS, key);
  }

  /** One of them, or nothing when it is not what was written. */
  static Optional<Bytes> read(ChunkFiles files, JournalEntry.Thumbnail entry) throws IOException {
    return files.read(
        new JournalEntry.Chunk(
            TRACK,
            0,
            entry.offset(),
            entry.length(),
            entry.checksum(),
            entry.at().toEpochMilli(),
            0));
  }
}
