package dev.amphi.packager.recording;

import dev.amphi.packager.crypt.RecordingKey;
import dev.amphi.packager.crypt.SealingStream;
import dev.amphi.packager.crypt.Sha256;
import dev.amphi.packager.mp4.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * A recording's file on its way to the disk, sealed where the recording is encrypted. It has its
 * name only once it is whole.
 */
final class SealedOutput implements AutoCloseable {
  private final RecordingFolder folder;
  private final String name;
  private final FileChannel file;
  private final Sha256 hash = new Sha256();
  private final @Nullable SealingStream sealing;

  /** What is on the disk. */
  record Written(long bytes, Bytes sha256) {}

  /**
   * Makes the file, or makes it anew.
   *
   * @param key seals it; null where it is plain
   */
  SealedOutput(RecordingFolder folder, RecordedFile name, @Nullable RecordingKey key)
      throws IOException {
    this(folder, name.fileName(), folder.about(name), key);
  }

  /** The same for a file that has no name beforehand. */
  SealedOutput(RecordingFolder folder, String name, @Nullable RecordingKey key) throws IOException {
    this(folder, name, folder.about(name), key);
  }

  private SealedOutput(
      RecordingFolder folder, String name, String about, @Nullable RecordingKey key)
      throws IOException {
    this.folder = folder;
    this.name = name;
    file =
        FileChannel.open(
            folder.unfinished(name),
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    sealing = key == null ? null : new SealingStream(key, about, new SecureRandom(), this::store);
  }

  void write(Bytes bytes) throws IOException {
    if (sealing == null) {
      store(bytes.toByteBuffer());
    } else {
      sealing.write(bytes.toByteBuffer());
    }
  }

  /** Puts all of it on the disk; its name is to follow by {@link #publish}. */
  Written finish() throws IOException {
    if (sealing != null) {
      sealing.finish();
    }
    file.force(true);
    return new Written(file.position(), hash.done());
  }

  /** Gives it its name; what had it before is gone. */
  void publish() throws IOException {
    file.close();
    Files.move(
        folder.unfinished(name),
        folder.path().resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    RecordingFolder.sync(folder.path());
  }

  /** What did not get its name is gone: where a disk is full that counts. */
  @Override
  public void close() throws IOException {
    file.close();
    Files.deleteIfExists(folder.unfinished(name));
  }

  private void store(ByteBuffer bytes) throws IOException {
    hash.add(bytes.duplicate());
    RecordingFolder.writeFully(file, bytes);
  }
}
