package dev.amphi.packager.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recorder always says how it ended. */
final class RecorderTest {
  private final List<String> heard = Collections.synchronizedList(new ArrayList<>());

  @Test
  void whateverBreaksBeforeTheFolderIsThereIsTold() throws Exception {
    run(
        () -> {
          throw new IllegalStateException("/secret/path");
        },
        false);
    assertThat(heard).hasSize(1);
    assertThat(heard.getFirst()).contains("IllegalStateException").doesNotContain("/secret");
  }

  @Test
  void whateverBreaksWhileItRecordsIsTold(@TempDir Path root) throws Exception {
    run(
        () -> new Recorder.Claimed(RecordingFolder.claim(root, "demo", 1, Recorded.AT), null),
        true);
    assertThat(heard).hasSize(2).first().isEqualTo("opened");
    assertThat(heard.getLast()).contains("ArithmeticException");
  }

  private void run(Recorder.Claim claim, boolean breaking) throws Exception {
    Recorder recorder =
        new Recorder(
            "test",
            claim,
            folder -> new JournalEntry.Opened(folder.id(), "demo", 1, Recorded.AT),
            new Listener(heard, breaking),
            new DiskUse());
    recorder.start();
    recorder.finish();
    recorder.join(Duration.ofSeconds(20));
  }

  private record Listener(List<String> heard, boolean breaking) implements Recorder.Events {
    @Override
    public void opened(RecordingFolder folder) {
      heard.add("opened");
    }

    @Override
    public void recorded(double seconds, String warning) {
      if (breaking) {
        throw new ArithmeticException("broken");
      }
    }

    @Override
    public void finished(RecordingFolder folder) {
      heard.add("finished");
    }

    @Override
    public void failed(String detail) {
      heard.add(detail);
    }
  }
}
