package dev.amphi.packager.vault;

import dev.amphi.packager.mp4.Bytes;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/**
 * What some bytes are known by.
 *
 * @param md5 because many stores tell nothing else (an S3 ETag); nothing is proved by it
 */
public record Fingerprint(long length, Bytes sha256, Bytes md5) {
  /** Of what remains in a buffer, whose position stays. */
  public static Fingerprint of(ByteBuffer bytes) {
    Running running = new Running();
    running.add(bytes.duplicate());
    return running.done();
  }

  /** A fingerprint that is taken piece by piece. For one thread. */
  static final class Running {
    private final MessageDigest sha256 = digest("SHA-256");
    private final MessageDigest md5 = digest("MD5");
    private long length;

    void add(ByteBuffer bytes) {
      length += bytes.remaining();
      sha256.update(bytes.duplicate());
      md5.update(bytes);
    }

    Fingerprint done() {
      return new Fingerprint(length, Bytes.wrap(sha256.digest()), Bytes.wrap(md5.digest()));
    }
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // Every JDK has both.
    }
  }
}
