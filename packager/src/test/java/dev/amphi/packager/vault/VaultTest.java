package dev.amphi.packager.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The vault on its own thread, with a store in memory. */
final class VaultTest {
  private static final String BASE = "school/demo/20261102-090000-1/";

  private final MemoryObjectStore store = new MemoryObjectStore();
  private final CountDownLatch open = new CountDownLatch(1);
  private Path root;
  private Path folder;
  private Vault vault;

  @BeforeEach
  void start(@TempDir Path dir) throws IOException {
    root = dir.resolve("recordings");
    folder = Files.createDirectories(root.resolve("demo/20261102-090000-1"));
    vault =
        new Vault(
            () -> {
              await(open);
              return store;
            },
            new VaultPolicy("school/", false, Duration.ofSeconds(1), Duration.ofSeconds(2)),
            Clock.systemUTC());
    vault.start(root, restored -> {});
  }

  @AfterEach
  void stop() {
    open.countDown();
    vault.close();
  }

  @Test
  void whatIsSaidOfARecordingBehindItsErasureDoesNotStopThat() throws Exception {
    store.put(BASE + "recording.mp4", ByteBuffer.allocate(10));
    vault.over(folder);
    Files.createFile(folder.resolve("erasing"));
    var erased = vault.erase(folder, () -> {}).toCompletableFuture();
    vault.over(folder);
    vault.live(folder);
    vault.forget(folder, "trimmed.mp4");
    open.countDown();
    erased.get(30, TimeUnit.SECONDS);
    assertThat(store.keys()).noneMatch(key -> key.startsWith(BASE));
    assertThat(vault.state(folder).state()).isEqualTo(Shipped.LOCAL);
  }

  @Test
  void whatWasSaidBeforeTheMarkAndRunsBehindItDoesNothing() throws Exception {
    store.put(BASE + "recording.mp4", ByteBuffer.allocate(10));
    // Both orders wait until the store is open, the second one unmarked when it was given.
    var erased = vault.erase(folder, () -> {}).toCompletableFuture();
    vault.over(folder);
    Files.createFile(folder.resolve("erasing"));
    open.countDown();
    erased.get(30, TimeUnit.SECONDS);
    assertThat(store.keys()).noneMatch(key -> key.startsWith(BASE));
  }

  @Test
  void whatWasTakenAwayCannotBeReadThoughTheStoreTakesNoNewList() throws Exception {
    open.countDown();
    Files.write(folder.resolve("journal"), new byte[10]);
    Files.write(folder.resolve("trimmed.mp4"), new byte[100]);
    vault.over(folder);
    Awaitility.await().until(() -> vault.state(folder).state().equals(Shipped.STORED));
    assertThat(vault.isAway(folder, "trimmed.mp4")).isTrue();
    assertThat(vault.open(folder, "trimmed.mp4").size()).isEqualTo(100);
    store.fails(new StoreException(StoreException.Kind.AWAY, "it cannot be reached"));
    vault.forget(folder, "trimmed.mp4");
    Awaitility.await().until(() -> !vault.isAway(folder, "trimmed.mp4"));
    assertThatThrownBy(() -> vault.open(folder, "trimmed.mp4"))
        .isInstanceOf(FileNotFoundException.class);
    vault.over(folder);
    store.fails(null);
    Awaitility.await().until(() -> !store.keys().contains(BASE + "trimmed.mp4"));
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
