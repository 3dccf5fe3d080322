package dev.amphi.packager.crypt;

import dev.amphi.packager.mp4.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Seals chunks one by one, each about its place, so that none can be put elsewhere: nonce, cipher
 * text, tag. The nonces are random: a track has some ten thousand chunks, where 2³² would be safe.
 * For one thread.
 */
public final class ChunkCipher {
  /** A sealed chunk is so much longer. */
  public static final int OVERHEAD_BYTES = AesGcm.NONCE_BYTES + AesGcm.TAG_BYTES;

  private final AesGcm cipher;
  private final SecureRandom random;

  ChunkCipher(byte[] key, SecureRandom random) {
    this.cipher = new AesGcm(key);
    this.random = random;
  }

  /** Seals a chunk about its place. */
  public Bytes seal(Bytes plain, String about) {
    byte[] nonce = new byte[AesGcm.NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] sealed = cipher.seal(nonce, bytes(about), plain.toByteBuffer());
    return Bytes.wrap(
        ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array());
  }

  /** Opens a chunk that was sealed about the same place. */
  public Bytes open(Bytes sealed, String about) throws ForgedException {
    if (sealed.length() < OVERHEAD_BYTES) {
      throw new ForgedException();
    }
    byte[] nonce = Arrays.copyOf(sealed.toByteArray(), AesGcm.NONCE_BYTES);
    Bytes rest = sealed.slice(AesGcm.NONCE_BYTES, sealed.length());
    return Bytes.wrap(cipher.open(nonce, bytes(about), rest.toByteBuffer()));
  }

  private static byte[] bytes(String about) {
    return about.getBytes(StandardCharsets.UTF_8);
  }
}
