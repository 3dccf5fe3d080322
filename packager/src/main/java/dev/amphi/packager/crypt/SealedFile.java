package dev.amphi.packager.crypt;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads from anywhere in what a {@link SealingStream} wrote; opens only what is read. */
public final class SealedFile implements AutoCloseable {
  private final SeekableByteChannel file;
  private final StreamLayout layout;
  private final StreamNonce nonces;
  private final AesGcm cipher;

  private SealedFile(
      SeekableByteChannel file, StreamLayout layout, StreamNonce nonces, AesGcm cipher) {
    this.file = file;
    this.layout = layout;
    this.nonces = nonces;
    this.cipher = cipher;
  }

  /** Opens a file; that it ends where it should is known at once. */
  public static SealedFile open(Path path, RecordingKey key, String about) throws IOException {
    return open(FileChannel.open(path, StandardOpenOption.READ), key, about);
  }

  /** The same of what is elsewhere; closes that when it is closed, or cannot be opened. */
  public static SealedFile open(SeekableByteChannel file, RecordingKey key, String about)
      throws IOException {
    try {
      StreamLayout layout = new StreamLayout(file.size());
      ByteBuffer header = ByteBuffer.allocate(StreamLayout.HEADER_BYTES);
      if (!layout.isPossible() || !fill(file, header, 0)) {
        throw new ForgedException();
      }
      byte[] salt = new byte[StreamLayout.SALT_BYTES];
      byte[] prefix = new byte[StreamLayout.PREFIX_BYTES];
      if (header.get() != StreamLayout.HEADER_BYTES) {
        throw new ForgedException();
      }
      header.get(salt).get(prefix);
      SealedFile opened =
          new SealedFile(
              file,
              layout,
              new StreamNonce(prefix),
              new AesGcm(SealingStream.streamKey(key, salt, about)));
      opened.segment(layout.segments() - 1);
      return opened;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /**
   * How many plain bytes a sealed file of so many bytes has; 0 where there is none of that length.
   */
  public static long plainBytes(long storedBytes) {
    StreamLayout layout = new StreamLayout(storedBytes);
    return layout.isPossible() ? layout.plainBytes() : 0;
  }

  /** Plain bytes. */
  public long length() {
    return layout.plainBytes();
  }

  /**
   * Some bytes from a place on, at least one where there is one; at most a segment's.
   *
   * @throws ForgedException when they are not what was written; none of them is told then
   */
  public synchronized ByteBuffer read(long at, int most) throws IOException {
    if (at < 0 || at >= length()) {
      return ByteBuffer.allocate(0);
    }
    long segment = StreamLayout.segmentOf(at);
    byte[] plain = segment(segment);
    int from = (int) (at - StreamLayout.plainStart(segment));
    return ByteBuffer.wrap(plain, from, Math.min(most, plain.length - from)).slice();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private byte[] segment(long number) throws IOException {
    ByteBuffer sealed = ByteBuffer.allocate(layout.storedLength(number));
    if (!fill(file, sealed, StreamLayout.storedStart(number))) {
      throw new ForgedException();
    }
    boolean last = number == layout.segments() - 1;
    return cipher.open(nonces.of(number, last), new byte[0], sealed);
  }

  private static boolean fill(SeekableByteChannel file, ByteBuffer into, long at)
      throws IOException {
    file.position(at);
    while (into.hasRemaining()) {
      if (file.read(into) < 0) {
        return false;
      }
    }
    into.flip();
    return true;
  }
}
