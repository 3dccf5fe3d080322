package dev.amphi.packager.crypt;

import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * The secret of one recording. Whatever is done with it uses a key derived for that alone. When it
 * is gone nobody can read the recording, wherever copies of it are.
 */
public final class RecordingKey {
  static final int BYTES = 32;

  private final byte[] secret;

  RecordingKey(byte[] secret) {
    this.secret = secret.clone();
  }

  /** A new one. */
  public static RecordingKey random(SecureRandom random) {
    byte[] secret = new byte[BYTES];
    random.nextBytes(secret);
    return new RecordingKey(secret);
  }

  /** What links the journal of a recording, which has a key or not. */
  public static LinkHash links(@Nullable RecordingKey key) {
    return key == null ? LinkHash.sha256() : LinkHash.keyed(Hkdf.derive(key.secret, "journal"));
  }

  /** Seals and opens the chunks of a track. */
  public ChunkCipher chunks(String track, SecureRandom random) {
    return new ChunkCipher(Hkdf.derive(secret, "track " + track), random);
  }

  /** The key that the stream of the MP4 is sealed with. */
  byte[] movie() {
    return Hkdf.derive(secret, "movie");
  }

  byte[] secret() {
    return secret.clone();
  }
}
