package dev.amphi.packager.recording;

import dev.amphi.packager.crypt.MasterKeys;
import dev.amphi.packager.crypt.RecordingKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes and finds the key of each recording, which lies wrapped in its folder; without a master key
 * new recordings are plain. Thread-safe.
 */
public final class RecordingKeys {
  /** Recordings are plain. */
  public static final RecordingKeys NONE = new RecordingKeys(null);

  private static final Set<PosixFilePermission> OWNER_ONLY =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final @Nullable MasterKeys masters;
  private final SecureRandom random = new SecureRandom();

  /** Recordings are encrypted, where there are master keys. */
  public RecordingKeys(@Nullable MasterKeys masters) {
    this.masters = masters;
  }

  /** The key of a new recording, on the disk before it seals a byte; null where it is plain. */
  @Nullable RecordingKey make(RecordingFolder folder) throws IOException {
    if (masters == null) {
      return null;
    }
    RecordingKey key = RecordingKey.random(random);
    String wrapped = masters.wrap(key, folder.about());
    try (FileChannel file =
        FileChannel.open(
            folder.key(),
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
      RecordingFolder.writeFully(
          file, ByteBuffer.wrap(wrapped.getBytes(StandardCharsets.US_ASCII)));
      file.force(true);
    }
    RecordingFolder.sync(folder.path());
    return key;
  }

  /**
   * The key of a recording; null where it is plain.
   *
   * @throws dev.amphi.packager.crypt.KeyUnavailableException when it cannot be unwrapped
   */
  @Nullable RecordingKey of(RecordingFolder folder) throws IOException {
    if (!Files.exists(folder.key())) {
      return null;
    }
    String wrapped = Files.readString(folder.key(), StandardCharsets.ISO_8859_1);
    if (masters == null) {
      throw MasterKeys.missing(wrapped);
    }
    return masters.unwrap(wrapped, folder.about());
  }
}
