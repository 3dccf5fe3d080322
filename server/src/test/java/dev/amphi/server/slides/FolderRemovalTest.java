package dev.amphi.server.slides;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderRemovalTest {
  private static final int FILES = 2_000;

  private Path room;
  private Path folder;

  @BeforeEach
  void fill(@TempDir Path temporary) throws IOException {
    room = temporary.resolve("optics");
    folder = Files.createDirectories(room.resolve("deck"));
    for (int i = 0; i < FILES; i++) {
      Files.createFile(folder.resolve(i + ".png"));
    }
  }

  @Test
  void whatVanishesMeanwhileIsAsItShouldBe() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Thread other =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int i = 0; i < FILES; i++) {
                    delete(folder.resolve(i + ".png"));
                    begun.countDown();
                  }
                });
    begun.await();
    assertThat(FolderRemoval.remove(room)).isTrue();
    assertThat(room).doesNotExist();
    other.join();
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatIsNotThereIsRemovedAlready() {
    assertThat(FolderRemoval.remove(folder.resolve("none"))).isTrue();
  }

  @Test
  void aFolderThatIsInUseIsNoEmptyOne() {
    FolderRemoval.removeEmpty(folder);
    assertThat(folder).exists();
    assertThat(FolderRemoval.remove(folder)).isTrue();
    FolderRemoval.removeEmpty(folder);
    FolderRemoval.removeEmpty(room);
    assertThat(room).doesNotExist();
  }
}
