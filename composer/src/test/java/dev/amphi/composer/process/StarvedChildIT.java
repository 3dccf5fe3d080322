package dev.amphi.composer.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.amphi.composer.api.CompositionSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A real child that gets hardly any processor, because others with precedence want them all. */
class StarvedChildIT {
  /** More than a child that hangs is granted, less than one that waits. */
  private static final long SILENT_NANOS = 8_000_000_000L;

  private static final int HUNGRY = 20;

  private final List<Process> busy = new ArrayList<>();
  private volatile long heardNanos;

  private final HeardProgram heard =
      new HeardProgram() {
        @Override
        public void sample(
            String renditionId, ByteBuffer payload, long time, int duration, boolean sync) {
          super.sample(renditionId, payload, time, duration, sync);
          heardNanos = System.nanoTime();
        }
      };

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", List.of(command), said).isZero();
  }

  /** The first processor that this process may use. */
  private static String processor() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("Cpus_allowed_list:"))
        .map(line -> line.replaceAll("\\D*(\\d+).*", "$1"))
        .findFirst()
        .orElseThrow();
  }

  /** A process with all its threads works on one processor, when nobody else wants that. */
  private static void starve(long pid, String processor) throws Exception {
    String id = Long.toString(pid);
    run("taskset", "--all-tasks", "--cpu-list", "--pid", processor, id);
    run("chrt", "--all-tasks", "--idle", "--pid", "0", id);
  }

  private void wantAllOf(String processor) throws IOException {
    for (int i = 0; i < HUNGRY; i++) {
      busy.add(
          new ProcessBuilder("taskset", "--cpu-list", processor, "sh", "-c", "while :; do :; done")
              .start());
    }
  }

  @AfterEach
  void leaveTheProcessors() {
    busy.forEach(Process::destroyForcibly);
  }

  @Test
  void aChildThatGetsNoProcessorIsNotTakenForHanging() throws Exception {
    try (ProcessComposer composer =
        new ProcessComposer(
            ChildCommand.likeThisProcess(), System::nanoTime, InstantSource.system())) {
      SupervisedComposition composition =
          (SupervisedComposition) composer.start(CompositionSpec.standard("r", "t"), heard);
      await().atMost(Duration.ofSeconds(60)).until(() -> heard.picturesOfThisOne() > 10);
      String processor = processor();
      starve(composition.pid(), processor);
      wantAllOf(processor);
      await()
          .atMost(Duration.ofSeconds(90))
          .until(
              () ->
                  System.nanoTime() - heardNanos > SILENT_NANOS || !heard.interruptions.isEmpty());

      leaveTheProcessors();
      run("chrt", "--all-tasks", "--other", "--pid", "0", Long.toString(composition.pid()));
      int before = heard.pictures();
      await().atMost(Duration.ofSeconds(60)).until(() -> heard.pictures() > before);
      assertThat(heard.interruptions).doesNotContain("the composer process hangs");
    }
  }
}
