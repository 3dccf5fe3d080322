package dev.amphi.server.node;

import dev.amphi.interactive.api.StageAct;
import dev.amphi.server.web.RestAudit;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Who did what to whom, when, and whether it was allowed: one JSON object a line, a file a day
 * ({@code 2026-11-21.jsonl}), only ever appended to, and on disk before the next batch. It holds
 * ids, no names, tokens or addresses. Callers never wait: what the disk cannot take is counted, and
 * the count is a line of its own.
 */
final class AuditLog implements RestAudit.Log, AutoCloseable {
  private final Path folder;
  private final InstantSource clock;
  private final long mostBytes;
  private final LineFiles lines;

  /**
   * @param mostBytes how long a file may grow before the day's next one is begun
   */
  AuditLog(Path folder, InstantSource clock, long mostBytes) {
    this.folder = folder;
    this.clock = clock;
    this.mostBytes = mostBytes;
    this.lines = new LineFiles("audit", this::file);
  }

  /** Takes one act; returns at once. */
  void add(String roomId, StageAct act) {
    acted(roomId, act.actor(), act.role().wireName(), act.action(), act.target(), act.result());
  }

  @Override
  public void skipped() {
    lines.drop();
  }

  @Override
  public void acted(
      String roomId, String actor, String role, String action, String target, String result) {
    Instant now = clock.instant();
    JsonObject line =
        new JsonObject()
            .put("at", now.toString())
            .put("room", roomId)
            .put("actor", actor)
            .put("role", role)
            .put("action", action)
            .put("target", target)
            .put("result", result);
    lines.add(LocalDate.ofInstant(now, ZoneOffset.UTC).toString(), line.encode());
  }

  private Path file(String day) throws IOException {
    for (int part = 0; ; part++) {
      Path file = folder.resolve(day + (part == 0 ? "" : "." + part) + ".jsonl");
      if (!Files.exists(file) || Files.size(file) < mostBytes) {
        return file;
      }
    }
  }

  /** Writes what waits, for five seconds at most. */
  @Override
  public void close() {
    lines.close();
  }
}
