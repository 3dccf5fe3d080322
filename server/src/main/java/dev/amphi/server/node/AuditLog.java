package dev.amphi.server.node;

import dev.amphi.interactive.api.StageAct;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Who did what to whom, when, and whether it was allowed: one JSON object a line, a file a day
 * ({@code 2026-11-21.jsonl}), only ever appended to, and on disk before the next batch. It holds
 * ids, no names, tokens or addresses. Callers never wait: what the disk cannot take is counted, and
 * the count is a line of its own.
 */
final class AuditLog implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(AuditLog.class.getName());
  private static final int WAITING = 10_000;
  private static final int BATCH = 1_000;

  private record Line(Instant at, String text) {}

  private final Path folder;
  private final InstantSource clock;
  private final long mostBytes;
  private final BlockingQueue<Line> waiting = new ArrayBlockingQueue<>(WAITING);
  private final AtomicLong dropped = new AtomicLong();
  private final Thread writer;
  private volatile boolean closing;

  /**
   * @param mostBytes how long a file may grow before the day's next one is begun
   */
  AuditLog(Path folder, InstantSource clock, long mostBytes) {
    this.folder = folder;
    this.clock = clock;
    this.mostBytes = mostBytes;
    this.writer = Thread.ofPlatform().name("audit").daemon().start(this::write);
  }

  /** Takes one act; returns at once. */
  void add(String roomId, StageAct act) {
    Instant now = clock.instant();
    JsonObject line =
        new JsonObject()
            .put("at", now.toString())
            .put("room", roomId)
            .put("actor", act.actor())
            .put("role", act.role().wireName())
            .put("action", act.action())
            .put("target", act.target())
            .put("result", act.result());
    if (!waiting.offer(new Line(now, line.encode()))) {
      dropped.incrementAndGet();
    }
  }

  private void write() {
    List<Line> batch = new ArrayList<>();
    try {
      while (!closing || !waiting.isEmpty()) {
        Line first = waiting.poll(200, java.util.concurrent.TimeUnit.MILLISECONDS);
        if (first != null) {
          batch.add(first);
          waiting.drainTo(batch, BATCH);
          append(batch);
          batch.clear();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void append(List<Line> batch) {
    long lost = dropped.getAndSet(0);
    StringBuilder text = new StringBuilder();
    if (lost > 0) {
      text.append(new JsonObject().put("dropped", lost).encode()).append('\n');
    }
    batch.forEach(line -> text.append(line.text).append('\n'));
    LocalDate day = LocalDate.ofInstant(batch.getFirst().at, ZoneOffset.UTC);
    try {
      Files.createDirectories(folder);
      ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
      try (FileChannel file =
          FileChannel.open(
              file(day),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.APPEND)) {
        while (bytes.hasRemaining()) {
          file.write(bytes);
        }
        file.force(false);
      }
    } catch (IOException e) {
      dropped.addAndGet(lost + batch.size());
      LOG.log(System.Logger.Level.ERROR, "the audit log cannot be written", e);
    }
  }

  private Path file(LocalDate day) throws IOException {
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
    closing = true;
    try {
      writer.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
