package dev.amphi.packager.recording;

import dev.amphi.packager.crypt.RecordingKey;
import dev.amphi.packager.crypt.SealedFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A finished file of a recording, to be read from anywhere; of an encrypted one only what is read
 * is opened.
 */
public final class RecordedContent implements AutoCloseable {
  private final Path path;
  private final @Nullable SealedFile encrypted;
  private final long length;
  private @Nullable FileChannel file;

  private RecordedContent(Path path, @Nullable SealedFile encrypted, long length) {
    this.path = path;
    this.encrypted = encrypted;
    this.length = length;
  }

  static RecordedContent open(RecordingFolder folder, RecordedFile file, @Nullable RecordingKey key)
      throws IOException {
    Path path = folder.file(file);
    if (key == null) {
      return new RecordedContent(path, null, Files.size(path));
    }
    SealedFile encrypted = SealedFile.open(path, key, folder.about(file));
    return new RecordedContent(path, encrypted, encrypted.length());
  }

  /** Where it can be read as it is; not where it is encrypted. */
  public Optional<Path> plain() {
    return encrypted == null ? Optional.of(path) : Optional.empty();
  }

  public long length() {
    return length;
  }

  /** Some bytes of an encrypted one from a place on; none behind its end. Blocks on the disk. */
  public ByteBuffer read(long at, int most) throws IOException {
    if (encrypted == null) {
      throw new IllegalStateException(path + " is plain");
    }
    return encrypted.read(at, most);
  }

  /** So many bytes from a place on. Blocks on the disk; for one thread. */
  ByteBuffer readAll(long at, int count) throws IOException {
    ByteBuffer all = ByteBuffer.allocate(count);
    while (all.hasRemaining()) {
      long from = at + all.position();
      if (encrypted == null) {
        if (file == null) {
          file = FileChannel.open(path, StandardOpenOption.READ);
        }
        if (file.read(all, from) < 0) {
          throw new EOFException(path.getFileName() + " is too short");
        }
      } else {
        ByteBuffer some = encrypted.read(from, all.remaining());
        if (!some.hasRemaining()) {
          throw new EOFException(path.getFileName() + " is too short");
        }
        all.put(some);
      }
    }
    return all.flip();
  }

  @Override
  public void close() {
    try {
      if (file != null) {
        file.close();
      }
      if (encrypted != null) {
        encrypted.close();
      }
    } catch (IOException e) {
      System.getLogger(RecordedContent.class.getName())
          .log(System.Logger.Level.WARNING, "a recording was not closed: {0}", e.toString());
    }
  }
}
