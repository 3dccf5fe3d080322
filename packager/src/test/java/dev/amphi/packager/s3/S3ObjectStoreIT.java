package dev.amphi.packager.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amphi.packager.vault.ObjectStore;
import dev.amphi.packager.vault.ObjectStoreContract;
import dev.amphi.packager.vault.StoreException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The SDK against a real S3 server. */
final class S3ObjectStoreIT extends ObjectStoreContract {
  private Path folder;
  private S3Server server;
  private S3ObjectStore store;

  @BeforeEach
  void start(@TempDir Path shared) throws Exception {
    folder = shared;
    server = S3Server.start();
    store = S3ObjectStore.open(server.settings(folder));
  }

  @AfterEach
  void stop() throws Exception {
    store.close();
    server.close();
  }

  @Override
  protected ObjectStore store() {
    return store;
  }

  @Test
  void whatIsWrongIsToldInWordsAndWithoutASecret() throws Exception {
    refuses(server.settings(folder, server.port(), "nowhere", "0123456789abcdef"))
        .hasMessageContaining("there is no bucket 'nowhere'");
    refuses(server.settings(folder, server.port(), S3Server.BUCKET, "wrong-secret"))
        .hasMessageContaining("does not take the credentials")
        .hasMessageNotContaining("wrong-secret")
        .hasMessageNotContaining("AKIATEST");
    S3Settings settings = server.settings(folder);
    refuses(
            new S3Settings(
                settings.endpoint(),
                "us-east-1",
                S3Server.BUCKET,
                true,
                Optional.of(Path.of("/no/such/file"))))
        .hasMessageContaining("/no/such/file");
    Path rubbish = Files.writeString(folder.resolve("rubbish"), "s3cr3t\n");
    refuses(
            new S3Settings(
                settings.endpoint(), "us-east-1", S3Server.BUCKET, true, Optional.of(rubbish)))
        .hasMessageContaining("[default]")
        .hasMessageNotContaining("s3cr3t");
  }

  @Test
  void aServerThatIsAwayIsAway() throws Exception {
    S3Settings settings = server.settings(folder);
    int port = server.port();
    server.close();
    server = S3Server.start();
    S3Settings away =
        new S3Settings(
            Optional.of(URI.create("http://127.0.0.1:" + port)),
            settings.region(),
            settings.bucket(),
            true,
            settings.credentials());
    assertThatThrownBy(() -> put(away))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.AWAY))
        .hasMessageContaining("127.0.0.1:" + port);
  }

  private static org.assertj.core.api.AbstractThrowableAssert<?, ?> refuses(S3Settings settings) {
    return assertThatThrownBy(() -> put(settings))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.REFUSED));
  }

  private static void put(S3Settings settings) throws Exception {
    try (S3ObjectStore other = S3ObjectStore.open(settings)) {
      other.put("a", bytes("b"));
    }
  }
}
