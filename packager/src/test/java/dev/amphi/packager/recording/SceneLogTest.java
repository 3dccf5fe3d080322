package dev.amphi.packager.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.packager.crypt.LinkHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scenes lie beside a recording, and never cost it. */
final class SceneLogTest {
  private static final Instant AT = Instant.parse("2026-11-02T09:00:00Z");

  @Test
  void linesAreInTheFileInTheirOrderOnceFlushed(@TempDir Path root) throws IOException {
    RecordingFolder folder = new RecordingFolder(root);
    try (SceneLog log = new SceneLog()) {
      log.flush(folder);
      assertThat(folder.scenes()).doesNotExist();
      log.add("one");
      log.add("zwei ü");
      assertThat(folder.scenes()).doesNotExist();
      log.flush(folder);
      assertThat(folder.scenes()).hasContent("one\nzwei ü\n");
      log.add("three");
      log.flush(folder);
      log.flush(folder);
      assertThat(Files.readAllLines(folder.scenes())).containsExactly("one", "zwei ü", "three");
      assertThat(log.lost()).isZero();
    }
  }

  @Test
  void whatCannotBeWrittenIsCountedAndTheNextLineTriedAgain(@TempDir Path root) throws IOException {
    RecordingFolder folder = new RecordingFolder(root);
    Files.createDirectory(folder.scenes());
    try (SceneLog log = new SceneLog()) {
      log.add("one");
      log.add("two");
      log.flush(folder);
      assertThat(log.lost()).isEqualTo(2);
      Files.delete(folder.scenes());
      log.add("three");
      log.flush(folder);
      assertThat(Files.readAllLines(folder.scenes())).containsExactly("three");
      assertThat(log.lost()).isEqualTo(2);
    }
  }

  @Test
  void aRecordingOutlivesScenesThatCannotBeWritten(@TempDir Path root) throws Exception {
    CompletableFuture<RecordingFolder> done = new CompletableFuture<>();
    Recorder recorder =
        new Recorder(
            "test",
            () -> {
              RecordingFolder folder = RecordingFolder.claim(root, "room", 1, AT);
              Files.createDirectory(folder.scenes());
              return new Recorder.Claimed(folder, null);
            },
            folder -> new JournalEntry.Opened(folder.id(), "room", 1, AT),
            new Recorder.Events() {
              @Override
              public void opened(RecordingFolder folder) {}

              @Override
              public void recorded(double seconds, String warning) {}

              @Override
              public void finished(RecordingFolder folder) {
                done.complete(folder);
              }

              @Override
              public void failed(String detail) {
                done.completeExceptionally(new AssertionError(detail));
              }
            },
            new DiskUse());
    recorder.scene("{}");
    recorder.chapter(AT, "Lenses");
    recorder.finish();
    recorder.start();

    RecordingFolder folder = done.get(20, TimeUnit.SECONDS);
    assertThat(Journal.read(Files.readAllBytes(folder.journal()), LinkHash.sha256()).entries())
        .anyMatch(JournalEntry.Chapter.class::isInstance)
        .last()
        .isInstanceOf(JournalEntry.Finished.class);
  }
}
