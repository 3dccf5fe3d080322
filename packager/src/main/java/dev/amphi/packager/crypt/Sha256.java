package dev.amphi.packager.crypt;

import dev.amphi.packager.mp4.Bytes;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/** A running SHA-256 (FIPS 180-4). */
public final class Sha256 {
  private final MessageDigest digest;

  public Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // Every JDK has it.
    }
  }

  /** The hash of some bytes, whose position stays. */
  public static Bytes of(ByteBuffer bytes) {
    Sha256 hash = new Sha256();
    hash.add(bytes.duplicate());
    return hash.done();
  }

  /** Takes what remains. */
  public void add(ByteBuffer bytes) {
    digest.update(bytes);
  }

  /** The hash of all that was taken, 32 bytes; it begins anew after that. */
  public Bytes done() {
    return Bytes.wrap(digest.digest());
  }
}
