package dev.amphi.server.node;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Files of lines that are appended to in the background, a batch at a time, each on disk before the
 * next. Callers never wait: what the queue or the disk cannot take is counted, and the count is a
 * line of its own, {@code {"dropped":n}}.
 */
final class LineFiles implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LineFiles.class.getName());
  private static final int WAITING = 10_000;
  private static final int BATCH = 1_000;

  /** Where the next lines of a series go. */
  interface Place {
    /** The file to append to; its folder is made. Called on the writer's thread. */
    Path file(String series) throws IOException;
  }

  private record Line(String series, String text) {}

  private final String name;
  private final Place place;
  private final BlockingQueue<Line> waiting = new ArrayBlockingQueue<>(WAITING);
  private final AtomicLong dropped = new AtomicLong();

  /** The writer's. */
  private final LogThrottle failures = new LogThrottle();

  private final Thread writer;
  private volatile boolean closing;

  /**
   * @param name the thread's, and what the log calls it
   */
  LineFiles(String name, Place place) {
    this.name = name;
    this.place = place;
    this.writer = Thread.ofPlatform().name(name).daemon().start(this::write);
  }

  /** Takes a line; returns at once. */
  void add(String series, String text) {
    if (!waiting.offer(new Line(series, text))) {
      dropped.incrementAndGet();
    }
  }

  /** Counts a line that is not worth writing. */
  void drop() {
    dropped.incrementAndGet();
  }

  private void write() {
    List<Line> batch = new ArrayList<>();
    try {
      while (!closing || !waiting.isEmpty()) {
        Line first = waiting.poll(200, TimeUnit.MILLISECONDS);
        if (first != null) {
          batch.add(first);
          waiting.drainTo(batch, BATCH);
          Map<String, List<String>> bySeries = new LinkedHashMap<>();
          batch.forEach(
              line ->
                  bySeries
                      .computeIfAbsent(line.series, series -> new ArrayList<>())
                      .add(line.text));
          bySeries.forEach(this::append);
          batch.clear();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void append(String series, List<String> lines) {
    long lost = dropped.getAndSet(0);
    StringBuilder text = new StringBuilder();
    if (lost > 0) {
      text.append(new JsonObject().put("dropped", lost).encode()).append('\n');
    }
    lines.forEach(line -> text.append(line).append('\n'));
    try {
      Path file = place.file(series);
      Files.createDirectories(file.toAbsolutePath().getParent());
      LineAppender.append(file, text.toString());
    } catch (IOException | RuntimeException e) {
      // Whatever it is, the next batch may be written again.
      dropped.addAndGet(lost + lines.size());
      if (failures.due(System.nanoTime())) {
        LOG.log(System.Logger.Level.ERROR, "the files of " + name + " cannot be written", e);
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
