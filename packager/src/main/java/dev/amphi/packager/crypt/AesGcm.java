package dev.amphi.packager.crypt;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-GCM with a tag of 16 bytes (NIST SP 800-38D). One key; for one thread. */
final class AesGcm {
  static final int NONCE_BYTES = 12;
  static final int TAG_BYTES = 16;

  private final SecretKeySpec key;
  private final Cipher cipher;

  AesGcm(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
    try {
      this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // Every JDK has it.
    }
  }

  /** What remains in {@code plain}, with the tag behind it; a nonce must never come twice. */
  byte[] seal(byte[] nonce, byte[] about, ByteBuffer plain) {
    try {
      return crypt(Cipher.ENCRYPT_MODE, nonce, about, plain);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The plain text; {@link ForgedException} when it is not what was sealed about this. */
  byte[] open(byte[] nonce, byte[] about, ByteBuffer sealed) throws ForgedException {
    try {
      return crypt(Cipher.DECRYPT_MODE, nonce, about, sealed);
    } catch (AEADBadTagException e) {
      throw new ForgedException();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] crypt(int mode, byte[] nonce, byte[] about, ByteBuffer in)
      throws GeneralSecurityException {
    cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * 8, nonce));
    cipher.updateAAD(about);
    ByteBuffer out = ByteBuffer.allocate(cipher.getOutputSize(in.remaining()));
    cipher.doFinal(in, out);
    return out.array().length == out.position()
        ? out.array()
        : java.util.Arrays.copyOf(out.array(), out.position());
  }
}
