package dev.amphi.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineFilesTest {
  @Test
  void theWriterOutlivesWhatNobodyExpectedAndCountsWhatItCost(@TempDir Path folder)
      throws Exception {
    CountDownLatch failed = new CountDownLatch(1);
    LineFiles.Place place =
        series -> {
          if (failed.getCount() > 0) {
            failed.countDown();
            throw new DirectoryIteratorException(new IOException("the disk is gone"));
          }
          return folder.resolve(series);
        };
    try (LineFiles files = new LineFiles("test", place)) {
      files.add("a", "1");
      assertThat(failed.await(20, TimeUnit.SECONDS)).isTrue();
      files.add("a", "2");
    }
    assertThat(Files.readAllLines(folder.resolve("a"))).containsExactly("{\"dropped\":1}", "2");
  }

  @Test
  void whatACrashCutOffJoinsNoOtherLine(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("a"), "1\n{\"at");
    LineAppender.append(file, "2\n");
    LineAppender.append(file, "3\n");
    assertThat(file).hasContent("1\n{\"at\n2\n3\n");
  }

  @Test
  void theLogHearsOfItOnceAMinute() {
    LogThrottle throttle = new LogThrottle();
    assertThat(throttle.due(-5)).isTrue();
    assertThat(throttle.due(LogThrottle.QUIET_NANOS - 6)).isFalse();
    assertThat(throttle.due(LogThrottle.QUIET_NANOS - 5)).isTrue();
    assertThat(throttle.due(LogThrottle.QUIET_NANOS)).isFalse();
  }
}
