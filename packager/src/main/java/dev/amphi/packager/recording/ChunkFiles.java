package dev.amphi.packager.recording;

import dev.amphi.packager.crypt.ChunkCipher;
import dev.amphi.packager.crypt.ForgedException;
import dev.amphi.packager.crypt.RecordingKey;
import dev.amphi.packager.crypt.Sha256;
import dev.amphi.packager.mp4.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The chunks of a recording as they are read back. Not thread-safe. */
final class ChunkFiles implements AutoCloseable {
  private static final int CRC_BYTES = 4;

  private final RecordingFolder folder;
  private final UnaryOperator<String> names;
  private final @Nullable RecordingKey key;
  private final Map<String, FileChannel> files = new HashMap<>();
  private final Map<String, ChunkCipher> ciphers = new HashMap<>();
  private final SecureRandom random = new SecureRandom();

  /**
   * @param key opens the chunks; null where they are plain
   */
  ChunkFiles(RecordingFolder folder, @Nullable RecordingKey key) {
    this(folder, RecordingFolder::trackName, key);
  }

  /**
   * The same under other names.
   *
   * @param names of the file of each track
   */
  ChunkFiles(RecordingFolder folder, UnaryOperator<String> names, @Nullable RecordingKey key) {
    this.folder = folder;
    this.names = names;
    this.key = key;
  }

  /** A chunk, or nothing when it is not what was written. */
  Optional<Bytes> read(JournalEntry.Chunk chunk) throws IOException {
    Optional<Bytes> stored = stored(chunk);
    RecordingKey opening = key;
    if (stored.isEmpty() || opening == null) {
      return stored;
    }
    ChunkCipher cipher = ciphers.computeIfAbsent(chunk.track(), id -> opening.chunks(id, random));
    String about =
        TrackFiles.about(
            folder,
            chunk.track(),
            chunk.initIndex(),
            chunk.offset(),
            chunk.timeTicks(),
            chunk.durationTicks());
    try {
      return Optional.of(cipher.open(stored.get(), about));
    } catch (ForgedException e) {
      return Optional.empty();
    }
  }

  private Optional<Bytes> stored(JournalEntry.Chunk chunk) throws IOException {
    Path file = folder.path().resolve(names.apply(chunk.track()));
    if (!files.containsKey(chunk.track())) {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      files.put(chunk.track(), FileChannel.open(file, StandardOpenOption.READ));
    }
    FileChannel channel = files.get(chunk.track());
    if (channel == null || chunk.length() < 0 || chunk.offset() > channel.size() - chunk.length()) {
      return Optional.empty();
    }
    ByteBuffer stored = ByteBuffer.allocate(chunk.length());
    while (stored.hasRemaining()) {
      if (channel.read(stored, chunk.offset() + stored.position()) < 0) {
        return Optional.empty();
      }
    }
    stored.flip();
    return checksum(stored, chunk.checksum().length()).equals(chunk.checksum())
        ? Optional.of(Bytes.wrap(stored.array()))
        : Optional.empty();
  }

  @Override
  public void close() throws IOException {
    for (FileChannel file : files.values()) {
      file.close();
    }
  }

  private static Bytes checksum(ByteBuffer stored, int length) {
    if (length != CRC_BYTES) {
      return Sha256.of(stored);
    }
    CRC32C crc = new CRC32C();
    crc.update(stored.duplicate());
    return Bytes.wrap(ByteBuffer.allocate(CRC_BYTES).putInt((int) crc.getValue()).array());
  }
}
