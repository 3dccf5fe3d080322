package dev.amphi.server.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;

/** The key in {@code <data-dir>/keys.json}, made at first use and readable by its owner only. */
public final class DevelopmentKey {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SECRET_BYTES = 32;

  private DevelopmentKey() {}

  /**
   * Reads the key of a data folder, making folder and key when they are not there. Two processes
   * that do so at once end with the same key: the file is linked into place whole, once.
   *
   * @throws IOException with a sentence for the operator
   */
  public static ApiKey in(Path dataDir, SecureRandom random) throws IOException {
    Path file = dataDir.resolve("keys.json");
    if (!Files.exists(file)) {
      Files.createDirectories(dataDir);
      write(file, random);
    }
    JsonNode secret = JSON.readTree(file.toFile()).path("devkey").path("secret");
    if (secret.asText().length() < SECRET_BYTES) {
      throw new IOException(
          file + " has no secret for 'devkey': delete the file to have a new key made.");
    }
    return new ApiKey(ApiKey.DEVELOPMENT_ID, secret.asText(), true);
  }

  private static void write(Path file, SecureRandom random) throws IOException {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    Path whole =
        Files.createTempFile(
            file.toAbsolutePath().getParent(),
            "keys",
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      JSON.writeValue(
          whole.toFile(), Map.of("devkey", Map.of("algorithm", "HS256", "secret", text)));
      Files.createLink(file, whole);
    } catch (FileAlreadyExistsException e) {
      // Another process was first; its key is the key.
    } finally {
      Files.delete(whole);
    }
  }
}
