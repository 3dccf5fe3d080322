package dev.amphi.packager.crypt;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HKDF with HMAC-SHA-256 (RFC 5869). */
final class Hkdf {
  private static final String HMAC = "HmacSHA256";
  private static final int HASH_BYTES = 32;

  private Hkdf() {}

  /**
   * Derives a key of at most 32 bytes.
   *
   * @param salt may be empty
   * @param info what the key is for
   */
  static byte[] derive(byte[] secret, byte[] salt, byte[] info, int bytes) {
    byte[] extracted = hmac(salt.length == 0 ? new byte[HASH_BYTES] : salt, secret);
    byte[] first = ByteBuffer.allocate(info.length + 1).put(info).put((byte) 1).array();
    return java.util.Arrays.copyOf(hmac(extracted, first), bytes);
  }

  /** As {@link #derive(byte[], byte[], byte[], int)}, of 32 bytes and without a salt. */
  static byte[] derive(byte[] secret, String purpose) {
    return derive(secret, new byte[0], purpose.getBytes(StandardCharsets.UTF_8), HASH_BYTES);
  }

  private static byte[] hmac(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // Every JDK has it.
    }
  }
}
