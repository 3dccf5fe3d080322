package dev.amphi.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatsLogTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final InstantSource NOON = InstantSource.fixed(NOW);

  @Test
  void eachDigestIsALineOfItsRoom(@TempDir Path folder) throws Exception {
    try (StatsLog log = new StatsLog(folder.resolve("stats"), NOON, 1_000_000)) {
      log.add("maths", "q_1", "{\"seconds\":10.0}");
      log.add("art", "q_2", "{\"seconds\":9.0}");
      log.add("maths", "q_1", "{\"seconds\":3.0,\"last\":true}");
    }
    assertThat(Files.readAllLines(folder.resolve("stats/maths.jsonl")))
        .containsExactly(
            "{\"at\":\"2026-11-21T12:00:00Z\",\"link\":\"q_1\",\"seconds\":10.0}",
            "{\"at\":\"2026-11-21T12:00:00Z\",\"link\":\"q_1\",\"seconds\":3.0,\"last\":true}");
    assertThat(Files.readAllLines(folder.resolve("stats/art.jsonl"))).hasSize(1);
  }

  @Test
  void aFullFileIsPutAsideInPlaceOfTheOneBefore(@TempDir Path folder) throws Exception {
    for (int digest = 1; digest <= 4; digest++) {
      try (StatsLog log = new StatsLog(folder, NOON, 50)) {
        log.add("maths", "q_" + digest, "{\"seconds\":10.0}");
      }
    }
    assertThat(Files.readString(folder.resolve("maths.jsonl")))
        .contains("q_4")
        .doesNotContain("q_3");
    assertThat(Files.readString(folder.resolve("maths.1.jsonl"))).contains("q_3");
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void whatNobodyWroteToForAMonthIsErased(@TempDir Path folder) throws Exception {
    Path old = Files.writeString(folder.resolve("old.jsonl"), "{}\n");
    Path recent = Files.writeString(folder.resolve("recent.jsonl"), "{}\n");
    Files.setLastModifiedTime(old, FileTime.from(NOW.minus(StatsLog.KEPT).minusSeconds(1)));
    Files.setLastModifiedTime(recent, FileTime.from(NOW.minus(StatsLog.KEPT).plusSeconds(1)));

    new StatsLog(folder, NOON, 60).close();

    assertThat(old).doesNotExist();
    assertThat(recent).exists();
  }
}
