package dev.amphi.packager.recording;

import dev.amphi.packager.crypt.RecordingKey;
import dev.amphi.packager.crypt.SealingStream;
import dev.amphi.packager.crypt.Sha256;
import dev.amphi.packager.mp4.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** An MP4 on its way to the disk. */
final class MovieOutput implements AutoCloseable {
  private final FileChannel file;
  private final Sha256 hash = new Sha256();
  private final @Nullable SealingStream sealing;

  /**
   * Makes the file, or makes it anew.
   *
   * @param key seals it; null where it is plain
   */
  MovieOutput(RecordingFolder folder, @Nullable RecordingKey key) throws IOException {
    file =
        FileChannel.open(
            folder.unfinishedMovie(),
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    sealing =
        key == null
            ? null
            : new SealingStream(key, folder.about(), new SecureRandom(), this::store);
  }

  void write(Bytes bytes) throws IOException {
    if (sealing == null) {
      store(bytes.toByteBuffer());
    } else {
      sealing.write(bytes.toByteBuffer());
    }
  }

  /** Puts all of it on the disk. */
  JournalEntry.Movie finish(int chunksLost) throws IOException {
    if (sealing != null) {
      sealing.finish();
    }
    file.force(true);
    return new JournalEntry.Movie(file.position(), hash.done(), chunksLost);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private void store(ByteBuffer bytes) throws IOException {
    hash.add(bytes.duplicate());
    RecordingFolder.writeFully(file, bytes);
  }
}
