package dev.amphi.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.api.StageAct;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
  private static final InstantSource NOON =
      InstantSource.fixed(Instant.parse("2026-11-21T12:00:00Z"));
  private static final StageAct ACT =
      new StageAct("ada", Role.INSTRUCTOR, "moderate remove", "ben", "ok");

  @Test
  void eachActIsALineOfItsDay(@TempDir Path folder) throws Exception {
    try (AuditLog log = new AuditLog(folder, NOON, 1_000_000)) {
      log.add("maths", ACT);
      log.add("maths", new StageAct("ben", Role.STUDENT, "lock", "", "not_allowed"));
    }
    assertThat(Files.readAllLines(folder.resolve("2026-11-21.jsonl")))
        .containsExactly(
            "{\"at\":\"2026-11-21T12:00:00Z\",\"room\":\"maths\",\"actor\":\"ada\","
                + "\"role\":\"instructor\",\"action\":\"moderate remove\",\"target\":\"ben\","
                + "\"result\":\"ok\"}",
            "{\"at\":\"2026-11-21T12:00:00Z\",\"room\":\"maths\",\"actor\":\"ben\","
                + "\"role\":\"student\",\"action\":\"lock\",\"target\":\"\","
                + "\"result\":\"not_allowed\"}");
  }

  @Test
  void aRestartGoesOnWithTheSameFileAndALongOneIsFollowedByAnother(@TempDir Path folder)
      throws Exception {
    for (int start = 0; start < 3; start++) {
      try (AuditLog log = new AuditLog(folder, NOON, 200)) {
        log.add("maths", ACT);
      }
    }
    assertThat(Files.readAllLines(folder.resolve("2026-11-21.jsonl"))).hasSize(2);
    assertThat(Files.readAllLines(folder.resolve("2026-11-21.1.jsonl"))).hasSize(1);
  }
}
