package dev.amphi.packager.recording;

import dev.amphi.packager.crypt.RecordingKey;
import dev.amphi.packager.crypt.SealedFile;
import dev.amphi.packager.mp4.Bytes;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A finished file of a recording, to be read from anywhere; of an encrypted one only what is read
 * is opened.
 */
public final class RecordedContent implements AutoCloseable {
  private final @Nullable Path path;
  private final @Nullable SeekableByteChannel file;
  private final @Nullable SealedFile encrypted;
  private final long length;

  private RecordedContent(
      @Nullable Path path,
      @Nullable SeekableByteChannel file,
      @Nullable SealedFile encrypted,
      long length) {
    this.path = path;
    this.file = file;
    this.encrypted = encrypted;
    this.length = length;
  }

  static RecordedContent open(RecordingFolder folder, RecordedFile file, @Nullable RecordingKey key)
      throws IOException {
    return open(folder, file.fileName(), folder.about(file), key);
  }

  /** The same of a file that has no name beforehand. */
  static RecordedContent open(RecordingFolder folder, String fileName, @Nullable RecordingKey key)
      throws IOException {
    return open(folder, fileName, folder.about(fileName), key);
  }

  /** The same of one that was sealed about something else than its name. */
  static RecordedContent open(
      RecordingFolder folder, String fileName, String about, @Nullable RecordingKey key)
      throws IOException {
    SeekableByteChannel stored = folder.read(fileName);
    if (key != null) {
      SealedFile encrypted = SealedFile.open(stored, key, about);
      return new RecordedContent(null, null, encrypted, encrypted.length());
    }
    Path here = folder.isHere(fileName) ? folder.path().resolve(fileName) : null;
    return new RecordedContent(here, stored, null, stored.size());
  }

  /** Where it can be read as it is; not where it is encrypted, or not on this disk. */
  public Optional<Path> plain() {
    return Optional.ofNullable(path);
  }

  public long length() {
    return length;
  }

  /** Some bytes from a place on; none behind its end. Blocks on the disk, or on the store. */
  public synchronized ByteBuffer read(long at, int most) throws IOException {
    if (encrypted != null) {
      return encrypted.read(at, most);
    }
    ByteBuffer some = ByteBuffer.allocate((int) Math.max(0, Math.min(most, length - at)));
    if (file != null && some.hasRemaining()) {
      file.position(at);
      file.read(some);
    }
    return some.flip();
  }

  /** So many bytes from a place on. Blocks on the disk; for one thread. */
  ByteBuffer readAll(long at, int count) throws IOException {
    ByteBuffer all = ByteBuffer.allocate(count);
    while (all.hasRemaining()) {
      ByteBuffer some = read(at + all.position(), all.remaining());
      if (!some.hasRemaining()) {
        throw new EOFException("the file is too short");
      }
      all.put(some);
    }
    return all.flip();
  }

  /** One of the small pictures that are here; empty where that is none. Blocks on the disk. */
  public Optional<Bytes> picture(RecordedPicture asked) throws IOException {
    if (asked.offset() > length - asked.length()) {
      return Optional.empty();
    }
    ByteBuffer bytes = readAll(asked.offset(), asked.length());
    return asked.is(bytes) ? Optional.of(Bytes.copyOf(bytes)) : Optional.empty();
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
