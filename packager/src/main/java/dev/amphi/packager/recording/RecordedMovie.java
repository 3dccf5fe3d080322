package dev.amphi.packager.recording;

import dev.amphi.packager.crypt.RecordingKey;
import dev.amphi.packager.crypt.SealedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An MP4 to be read from anywhere; of an encrypted one only what is read is opened. */
public final class RecordedMovie implements AutoCloseable {
  private final Path path;
  private final @Nullable SealedFile encrypted;
  private final long length;

  private RecordedMovie(Path path, @Nullable SealedFile encrypted, long length) {
    this.path = path;
    this.encrypted = encrypted;
    this.length = length;
  }

  static RecordedMovie open(RecordingFolder folder, @Nullable RecordingKey key) throws IOException {
    if (key == null) {
      return new RecordedMovie(folder.movie(), null, Files.size(folder.movie()));
    }
    SealedFile encrypted = SealedFile.open(folder.movie(), key, folder.about());
    return new RecordedMovie(folder.movie(), encrypted, encrypted.length());
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

  @Override
  public void close() {
    try {
      if (encrypted != null) {
        encrypted.close();
      }
    } catch (IOException e) {
      System.getLogger(RecordedMovie.class.getName())
          .log(System.Logger.Level.WARNING, "an MP4 was not closed: {0}", e.toString());
    }
  }
}
