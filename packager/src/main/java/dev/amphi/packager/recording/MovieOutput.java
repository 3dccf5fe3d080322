package dev.amphi.packager.recording;

import dev.amphi.packager.crypt.Sha256;
import dev.amphi.packager.mp4.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** An MP4 on its way to the disk. */
final class MovieOutput implements AutoCloseable {
  private final FileChannel file;
  private final Sha256 hash = new Sha256();

  /** Makes the file, or makes it anew. */
  MovieOutput(Path path) throws IOException {
    file =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
  }

  void write(Bytes bytes) throws IOException {
    store(bytes.toByteBuffer());
  }

  /** Puts all of it on the disk. */
  JournalEntry.Movie finish(int chunksLost) throws IOException {
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
