package dev.amphi.packager.crypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amphi.packager.mp4.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MasterKeysTest {
  private static final String FIRST = "11".repeat(32);
  private static final String SECOND = "Ab".repeat(32);

  private final SecureRandom random = new SecureRandom();
  private final RecordingKey key = RecordingKey.random(random);

  @TempDir private Path folder = Path.of("");

  @Test
  void aWrappedKeyIsOpenedByTheSameMasterKeyInTheSameRecordingOnly() throws IOException {
    MasterKeys keys = keys(FIRST + "\n");
    String wrapped = keys.wrap(key, "demo/1");
    assertThat(wrapped).doesNotContain(HexFormat.of().formatHex(key.secret()));
    assertThat(keys.unwrap(wrapped, "demo/1").secret()).isEqualTo(key.secret());
    assertThatThrownBy(() -> keys.unwrap(wrapped, "demo/2"))
        .isInstanceOf(KeyUnavailableException.class)
        .hasMessageContaining("of another recording");
    assertThatThrownBy(() -> keys(SECOND).unwrap(wrapped, "demo/1"))
        .isInstanceOf(KeyUnavailableException.class)
        .hasMessageContaining("is not in recording.master_key_file");
    assertThatThrownBy(() -> keys.unwrap(wrapped.substring(0, 60), "demo/1"))
        .isInstanceOf(KeyUnavailableException.class);
    assertThatThrownBy(() -> keys.unwrap("", "demo/1")).hasMessageContaining("damaged");
  }

  @Test
  void afterARotationOldRecordingsAreStillOpened() throws IOException {
    String wrapped = keys(FIRST).wrap(key, "demo/1");
    MasterKeys rotated = keys("# new since June\n" + SECOND + "\n\n# before\n" + FIRST + "\n");
    assertThat(rotated.unwrap(wrapped, "demo/1").secret()).isEqualTo(key.secret());
    String newer = rotated.wrap(key, "demo/2");
    assertThat(newer.substring(0, 38)).isNotEqualTo(wrapped.substring(0, 38));
    assertThat(keys(SECOND).unwrap(newer, "demo/2").secret()).isEqualTo(key.secret());
  }

  @Test
  void aFileThatHoldsNoKeyIsRefusedInWordsThatTellNothingOfIt() {
    assertThatThrownBy(() -> keys("")).hasMessageContaining("openssl rand -hex 32");
    assertThatThrownBy(() -> keys("ab".repeat(31) + "\n"))
        .hasMessageContaining("line 1")
        .hasMessageContaining("62 characters")
        .message()
        .doesNotContain("abab");
    assertThatThrownBy(() -> keys("zz".repeat(32))).hasMessageContaining("line 1");
    assertThatThrownBy(() -> MasterKeys.read(folder.resolve("none"), random))
        .isInstanceOf(KeyUnavailableException.class)
        .hasMessageContaining("cannot be read");
  }

  @Test
  void aChunkIsOpenedInItsOwnPlaceOnly() throws IOException {
    ChunkCipher cipher = key.chunks("720p", random);
    Bytes plain = Bytes.fromHex("00112233");
    Bytes sealed = cipher.seal(plain, "here");
    assertThat(sealed.length()).isEqualTo(plain.length() + ChunkCipher.OVERHEAD_BYTES);
    assertThat(cipher.open(sealed, "here")).isEqualTo(plain);
    assertThat(cipher.seal(plain, "here")).isNotEqualTo(sealed);
    assertThatThrownBy(() -> cipher.open(sealed, "there")).isInstanceOf(ForgedException.class);
    assertThatThrownBy(() -> key.chunks("audio", random).open(sealed, "here"))
        .isInstanceOf(ForgedException.class);
    assertThatThrownBy(() -> cipher.open(sealed.slice(0, 20), "here"))
        .isInstanceOf(ForgedException.class);
  }

  @Test
  void keysAreDerivedAsTheStandardSays() {
    // RFC 5869, appendix A.1, of which the first 32 bytes.
    byte[] derived =
        Hkdf.derive(
            HexFormat.of().parseHex("0b".repeat(22)),
            HexFormat.of().parseHex("000102030405060708090a0b0c"),
            HexFormat.of().parseHex("f0f1f2f3f4f5f6f7f8f9"),
            32);
    assertThat(HexFormat.of().formatHex(derived))
        .isEqualTo("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf");
  }

  private MasterKeys keys(String text) throws IOException {
    return MasterKeys.read(Files.writeString(folder.resolve("keys"), text), random);
  }

  @Test
  void aFileThatOthersMayReadIsNoticed(@org.junit.jupiter.api.io.TempDir java.nio.file.Path folder)
      throws Exception {
    java.nio.file.Path file = java.nio.file.Files.createFile(folder.resolve("masters"));
    for (String open : java.util.List.of("rw-r-----", "rw----r--", "rw-------")) {
      java.nio.file.Files.setPosixFilePermissions(
          file, java.nio.file.attribute.PosixFilePermissions.fromString(open));
      assertThat(MasterKeys.isOpenToOthers(file)).isEqualTo(!open.endsWith("------"));
    }
  }
}
