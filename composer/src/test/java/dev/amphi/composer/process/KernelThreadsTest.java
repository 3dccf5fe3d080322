package dev.amphi.composer.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class KernelThreadsTest {
  private static void task(Path tasks, String id, String stat, String schedstat)
      throws IOException {
    Path folder = Files.createDirectory(tasks.resolve(id));
    Files.writeString(folder.resolve("stat"), stat);
    Files.writeString(folder.resolve("schedstat"), schedstat);
  }

  @Test
  void readsWhatEachThreadDoes(@TempDir Path tasks) throws IOException {
    task(tasks, "12", "12 (program-tick) S 1 12 12 0 -1", "7132508908 3706239199 18576\n");
    task(tasks, "13", "13 (a) b (R) R 1 12 12 0 -1", "5 6 7\n");
    task(tasks, "14", "14 (stopped) T 1 12 12 0 -1", "8 0 1\n");
    assertThat(KernelThreads.in(tasks))
        .containsExactlyInAnyOrder(
            new ThreadTime(12, false, 7_132_508_908L, 3_706_239_199L, 18_576),
            new ThreadTime(13, true, 5, 6, 7),
            new ThreadTime(14, false, 8, 0, 1));
  }

  @Test
  void leavesOutWhatIsNotTold(@TempDir Path tasks) throws IOException {
    task(tasks, "12", "12 (main) R 1 12 12 0 -1", "0 0 0\n"); // as a kernel that does not count
    task(tasks, "13", "13 (main)", "5 6 7\n");
    task(tasks, "14", "14 (main) R 1 12", "5\n");
    task(tasks, "15", "15 (main) R 1 12", "five six seven\n");
    Files.createDirectory(tasks.resolve("16")); // it ended meanwhile
    assertThat(KernelThreads.in(tasks)).isEmpty();
    assertThat(KernelThreads.in(tasks.resolve("nowhere"))).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void findsTheThreadsOfThisProcess() {
    assertThat(KernelThreads.of(ProcessHandle.current().pid()))
        .anySatisfy(thread -> assertThat(thread.ranNanos()).isPositive())
        .anySatisfy(
            thread -> {
              assertThat(thread.id()).isEqualTo(KernelThreads.current());
              assertThat(thread.runnable()).isTrue();
            });
  }
}
