package dev.amphi.server.node;

import dev.amphi.cluster.room.RemovalList;
import dev.amphi.interactive.api.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Who was removed from which room, on disk, so that a removal outlives the node and the class: one
 * line each, {@code <until, in seconds since 1970> <room>/<id>}, only ever appended to. Read once,
 * when the node starts; what has run out is left out then.
 */
final class RemovalBook implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(RemovalBook.class.getName());

  private record Removal(long untilSeconds, String roomId, String participantId) {
    String line() {
      return untilSeconds + " " + roomId + "/" + participantId + "\n";
    }

    static Optional<Removal> read(String line) {
      int space = line.indexOf(' ');
      int slash = line.indexOf('/', space + 1);
      if (!line.matches("\\d{1,12} [^/ ]+/[^/ ]+")) {
        return Optional.empty(); // As the last line of a disk that was full.
      }
      return Optional.of(
          new Removal(
              Long.parseLong(line.substring(0, space)),
              line.substring(space + 1, slash),
              line.substring(slash + 1)));
    }
  }

  private final Path file;
  private final InstantSource clock;
  private final RemovalList known;
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("removals").factory());

  /** Tells {@code known} whom the file keeps out. */
  RemovalBook(Path file, InstantSource clock, RemovalList known) {
    this.file = file;
    this.clock = clock;
    this.known = known;
    try {
      read();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.ERROR, "the removals in " + file + " cannot be read", e);
    }
  }

  private void read() throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    if (!Files.exists(file)) {
      return;
    }
    Instant now = clock.instant();
    List<Removal> holding = new ArrayList<>();
    String lines = Files.readString(file, StandardCharsets.ISO_8859_1);
    // What a crash cut off may look whole: "ben" without the end of "benjamin".
    lines
        .substring(0, lines.lastIndexOf('\n') + 1)
        .lines()
        .flatMap(line -> Removal.read(line).stream())
        .filter(removal -> removal.untilSeconds > now.getEpochSecond())
        .forEach(holding::add);
    StringBuilder text = new StringBuilder();
    for (Removal removal : holding) {
      Duration life = Duration.between(now, Instant.ofEpochSecond(removal.untilSeconds));
      known.add(removal.roomId, removal.participantId, life);
      text.append(removal.line());
    }
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    LineAppender.append(fresh, text.toString());
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Keeps somebody out; returns at once. Completes when it is on disk and every door of this node
   * knows; exceptionally with a {@link Refusal} when the disk does not take it, though the doors
   * know then too.
   */
  CompletableFuture<Void> add(String roomId, String participantId, Duration life) {
    Removal removal =
        new Removal(clock.instant().plus(life).getEpochSecond(), roomId, participantId);
    return CompletableFuture.runAsync(() -> keep(removal, life), writer);
  }

  private void keep(Removal removal, Duration life) {
    try {
      LineAppender.append(file, removal.line());
    } catch (IOException e) {
      LOG.log(System.Logger.Level.ERROR, "a removal cannot be kept in " + file, e);
      throw new CompletionException(
          new Refusal(
              503,
              "unavailable",
              "'"
                  + removal.participantId
                  + "' is removed, but the disk did not take it: until it does, the removal ends"
                  + " with the node. Tell whoever runs it."));
    } finally {
      // Waits for other nodes, which a room's loop must not.
      known.add(removal.roomId, removal.participantId, life);
    }
  }

  /** Writes what waits, for five seconds at most. */
  @Override
  public void close() {
    writer.shutdown();
    try {
      if (!writer.awaitTermination(5, TimeUnit.SECONDS)) {
        LOG.log(System.Logger.Level.ERROR, "removals are not on disk yet: " + file);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
