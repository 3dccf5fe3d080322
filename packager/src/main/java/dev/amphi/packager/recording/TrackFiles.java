package dev.amphi.packager.recording;

import dev.amphi.packager.crypt.ChunkCipher;
import dev.amphi.packager.crypt.RecordingKey;
import dev.amphi.packager.crypt.Sha256;
import dev.amphi.packager.mp4.Bytes;
import dev.amphi.packager.segment.Part;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The tracks of a recording while it is written: a file each, to which chunks are appended. */
final class TrackFiles implements AutoCloseable {
  private final RecordingFolder folder;
  private final UnaryOperator<String> names;
  private final @Nullable RecordingKey key;
  private final Map<String, FileChannel> files = new HashMap<>();
  private final Map<String, ChunkCipher> ciphers = new HashMap<>();
  private final SecureRandom random = new SecureRandom();
  private String lead = "";

  /**
   * @param key seals the chunks; null where they are plain
   */
  TrackFiles(RecordingFolder folder, @Nullable RecordingKey key) {
    this(folder, RecordingFolder::trackName, key);
  }

  /**
   * The same under other names.
   *
   * @param names of the file of each track
   */
  TrackFiles(RecordingFolder folder, UnaryOperator<String> names, @Nullable RecordingKey key) {
    this.folder = folder;
    this.names = names;
    this.key = key;
  }

  /** The track that came first; the recording is as long as it is. */
  String lead() {
    return lead;
  }

  /** Appends a part; what is told of it counts once {@link #force} came back. */
  JournalEntry.Chunk append(TrackRun run, Part part) throws IOException {
    return append(
        run.track(), run.initIndex(), part.start().ticks(), part.durationTicks(), part.data());
  }

  /** The same of any chunk. */
  JournalEntry.Chunk append(String track, int initIndex, long ticks, long duration, Bytes data)
      throws IOException {
    FileChannel file = file(track);
    long offset = file.position();
    Bytes stored = sealed(track, data, about(folder, track, initIndex, offset, ticks, duration));
    RecordingFolder.writeFully(file, stored.toByteBuffer());
    return new JournalEntry.Chunk(
        track,
        initIndex,
        offset,
        stored.length(),
        Sha256.of(stored.toByteBuffer()),
        ticks,
        duration);
  }

  /** All that was appended. */
  long bytes() throws IOException {
    long bytes = 0;
    for (FileChannel file : files.values()) {
      bytes += file.position();
    }
    return bytes;
  }

  /** Puts all that was appended on the disk. */
  void force() throws IOException {
    for (FileChannel file : files.values()) {
      file.force(false);
    }
  }

  @Override
  public void close() throws IOException {
    for (FileChannel file : files.values()) {
      file.close();
    }
  }

  /** What a chunk is sealed about: elsewhere it cannot be opened. */
  static String about(
      RecordingFolder folder, String track, int initIndex, long offset, long ticks, long duration) {
    return folder.about()
        + ("/" + track + "/" + initIndex + "/" + offset + "/" + ticks + "/" + duration);
  }

  private Bytes sealed(String track, Bytes data, String about) {
    RecordingKey sealing = key;
    return sealing == null
        ? data
        : ciphers.computeIfAbsent(track, id -> sealing.chunks(id, random)).seal(data, about);
  }

  private FileChannel file(String track) throws IOException {
    FileChannel known = files.get(track);
    if (known != null) {
      return known;
    }
    FileChannel created =
        FileChannel.open(
            folder.path().resolve(names.apply(track)),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE);
    if (files.isEmpty()) {
      lead = track;
    }
    files.put(track, created);
    RecordingFolder.sync(folder.path());
    return created;
  }
}
