package dev.amphi.server.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevelopmentKeyTest {
  private final Path folder;

  DevelopmentKeyTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void isMadeOnceAndReadByItsOwnerOnly() throws Exception {
    Path data = folder.resolve("data");

    ApiKey first = DevelopmentKey.in(data, new SecureRandom());
    ApiKey second = DevelopmentKey.in(data, new SecureRandom());

    assertThat(second).isEqualTo(first);
    assertThat(first.id()).isEqualTo("devkey");
    assertThat(first.development()).isTrue();
    assertThat(first.secret()).hasSizeGreaterThanOrEqualTo(32);
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("keys.json"))))
        .isEqualTo("rw-------");
    try (var files = Files.list(data)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void twoFoldersHaveTwoKeys() throws Exception {
    assertThat(DevelopmentKey.in(folder.resolve("a"), new SecureRandom()).secret())
        .isNotEqualTo(DevelopmentKey.in(folder.resolve("b"), new SecureRandom()).secret());
  }

  @Test
  void aFileWithoutASecretIsSaid() throws Exception {
    Files.writeString(folder.resolve("keys.json"), "{}");

    assertThatThrownBy(() -> DevelopmentKey.in(folder, new SecureRandom()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has no secret for 'devkey'");
  }

  @Test
  void neverPrintsItsSecret() throws Exception {
    ApiKey key = DevelopmentKey.in(folder, new SecureRandom());

    assertThat(key.toString()).doesNotContain(key.secret());
  }
}
