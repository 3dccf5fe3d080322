package dev.amphi.packager.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A file that outlives nothing: it has no name from its first moment on, and what is in it is
 * encrypted with a key that only this object knows. So a class that is not recorded leaves no
 * readable byte on the disk, not even after a crash. Thread-safe.
 */
final class SpoolFile implements AutoCloseable {
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int KEY_BYTES = 16;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  /** Where a blob is; {@code number} makes its nonce, which is never used twice. */
  record Place(long offset, int storedLength, long number) {}

  private final FileChannel channel;
  private final SecretKey key;
  private final long limitBytes;
  private long end;
  private long nextNumber;

  private SpoolFile(FileChannel channel, SecretKey key, long limitBytes) {
    this.channel = channel;
    this.key = key;
    this.limitBytes = limitBytes;
  }

  /**
   * Makes a file in a folder and takes its name away.
   *
   * @param limitBytes it never grows beyond this
   */
  static SpoolFile create(Path folder, SecureRandom random, long limitBytes) throws IOException {
    Files.createDirectories(folder);
    Path file = Files.createTempFile(folder, "rewind", ".spool");
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      Files.delete(file);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    byte[] secret = new byte[KEY_BYTES];
    random.nextBytes(secret);
    return new SpoolFile(channel, new SecretKeySpec(secret, "AES"), limitBytes);
  }

  /** Appends a blob. */
  Place write(byte[] plain) throws IOException {
    Place place = reserve(plain.length + TAG_BITS / 8);
    ByteBuffer stored = ByteBuffer.wrap(crypt(Cipher.ENCRYPT_MODE, place.number(), plain));
    long at = place.offset();
    while (stored.hasRemaining()) {
      at += channel.write(stored, at);
    }
    return place;
  }

  /** Reads a blob back; fails when a bit of it is another. */
  byte[] read(Place place) throws IOException {
    ByteBuffer stored = ByteBuffer.allocate(place.storedLength());
    while (stored.hasRemaining()) {
      if (channel.read(stored, place.offset() + stored.position()) < 0) {
        throw new EOFException("the spool ends inside a segment");
      }
    }
    return crypt(Cipher.DECRYPT_MODE, place.number(), stored.array());
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private synchronized Place reserve(int length) throws IOException {
    if (end + length > limitBytes) {
      throw new IOException("the spool has its " + limitBytes + " bytes");
    }
    Place place = new Place(end, length, nextNumber++);
    end += length;
    return place;
  }

  private byte[] crypt(int mode, long number, byte[] input) throws IOException {
    try {
      Cipher cipher = Cipher.getInstance(CIPHER);
      byte[] nonce = ByteBuffer.allocate(NONCE_BYTES).putLong(4, number).array();
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IOException("the spool cannot be read back", e);
    }
  }
}
