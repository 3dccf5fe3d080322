package dev.amphi.packager.recording;

import dev.amphi.packager.crypt.ChunkCipher;
import dev.amphi.packager.crypt.ForgedException;
import dev.amphi.packager.crypt.RecordingKey;
import dev.amphi.packager.mp4.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * The names of those who have tracks, on their way to the journal and back: in an encrypted
 * recording they are sealed, bound to the track. For one thread.
 */
final class SealedNames {
  private static final String WHAT = "names";

  private final String about;
  private final @Nullable ChunkCipher cipher;

  /**
   * @param key seals and opens; null where the recording is plain
   */
  SealedNames(RecordingFolder folder, @Nullable RecordingKey key) {
    about = folder.about() + "/" + WHAT + "/";
    cipher = key == null ? null : key.chunks(WHAT, new SecureRandom());
  }

  Bytes seal(String track, String name) {
    Bytes plain = Bytes.wrap(name.getBytes(StandardCharsets.UTF_8));
    return cipher == null ? plain : cipher.seal(plain, about + track);
  }

  /** The name; "" when it is not what was written. */
  String open(String track, Bytes stored) {
    try {
      Bytes plain = cipher == null ? stored : cipher.open(stored, about + track);
      return new String(plain.toByteArray(), StandardCharsets.UTF_8);
    } catch (ForgedException e) {
      return "";
    }
  }
}
