package dev.amphi.server.node;

import dev.amphi.cluster.room.Removal;
import dev.amphi.cluster.room.RemovalList;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.server.web.Removals;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Who was removed from which room, and who was let in again, on disk, so that it outlives the node
 * and the class: a {@link RemovalLine} for each decision, whichever node of the cluster made it,
 * only ever appended to. Read once, when the node starts; what has run out is left out then.
 */
final class RemovalBook implements Removals, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(RemovalBook.class.getName());

  private final Path file;
  private final InstantSource clock;
  private final Duration life;
  private final RemovalList known;
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("removals").factory());

  /** What the file says last; the writer's, once there is one. */
  private final LatestRemovals written = new LatestRemovals();

  /**
   * Tells {@code known} whom the file keeps out, and writes down what other nodes decide.
   *
   * @param life how long a decision holds: as long as the longest token
   */
  RemovalBook(Path file, InstantSource clock, Duration life, RemovalList known) {
    this.file = file;
    this.clock = clock;
    this.life = life;
    this.known = known;
    try {
      read();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.ERROR, "the removals in " + file + " cannot be read", e);
    }
    known.watch(this::heard);
    known.all().forEach(this::heard);
  }

  private void read() throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    if (!Files.exists(file)) {
      return;
    }
    long now = now();
    String lines = Files.readString(file, StandardCharsets.ISO_8859_1);
    // What a crash cut off may look whole: "ben" without the end of "benjamin".
    lines
        .substring(0, lines.lastIndexOf('\n') + 1)
        .lines()
        .flatMap(line -> RemovalLine.read(line).stream())
        .filter(decision -> written.isNews(decision, now))
        .forEach(written::put);
    StringBuilder text = new StringBuilder();
    for (Removal decision : written.all()) {
      known.put(decision, left(decision));
      text.append(RemovalLine.of(decision));
    }
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    LineAppender.append(fresh, text.toString());
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private long now() {
    return clock.instant().getEpochSecond();
  }

  private Duration left(Removal decision) {
    return Duration.between(clock.instant(), Instant.ofEpochSecond(decision.untilSeconds()));
  }

  /**
   * Keeps somebody out; returns at once. Completes when it is on disk and every door of this node
   * knows; exceptionally with a {@link Refusal} when the disk does not take it, though the doors
   * know then too.
   */
  CompletableFuture<Void> add(String roomId, String participantId) {
    return CompletableFuture.runAsync(() -> keepOut(roomId, participantId), writer);
  }

  private void keepOut(String roomId, String participantId) {
    Removal removal = decision(roomId, participantId, false);
    try {
      append(removal);
    } catch (IOException e) {
      throw unkept(
          e,
          "'"
              + participantId
              + "' is removed, but the disk did not take it: until it does, the removal ends"
              + " with the node. Tell whoever runs it.");
    } finally {
      // Waits for other nodes, which a room's loop must not.
      known.put(removal, left(removal));
    }
  }

  @Override
  public CompletableFuture<Boolean> takeBack(String roomId, String participantId) {
    return CompletableFuture.supplyAsync(() -> letIn(roomId, participantId), writer);
  }

  private boolean letIn(String roomId, String participantId) {
    if (!known.contains(roomId, participantId)) {
      return false;
    }
    Removal takenBack = decision(roomId, participantId, true);
    try {
      append(takenBack);
    } catch (IOException e) {
      throw unkept(
          e,
          "The disk did not take it, so '"
              + participantId
              + "' stays removed. Tell whoever runs the node.");
    }
    known.put(takenBack, left(takenBack));
    return true;
  }

  /** What is decided now overrules all before, also within one second, and by a clock set back. */
  private Removal decision(String roomId, String participantId, boolean takenBack) {
    long untilSeconds = clock.instant().plus(life).getEpochSecond();
    long before =
        known.last(roomId, participantId).map(Removal::untilSeconds).orElse(Long.MIN_VALUE);
    return new Removal(
        roomId, participantId, Math.max(untilSeconds, Math.max(before, 0) + 1), takenBack);
  }

  private void append(Removal decision) throws IOException {
    LineAppender.append(file, RemovalLine.of(decision));
    written.forget(now());
    written.put(decision);
  }

  private CompletionException unkept(IOException why, String sentence) {
    LOG.log(System.Logger.Level.ERROR, "a removal cannot be kept in " + file, why);
    return new CompletionException(new Refusal(503, "unavailable", sentence));
  }

  /** Another node decided something, or this one, which then is written already. */
  private void heard(Removal decision) {
    try {
      writer.execute(() -> writeDown(decision));
    } catch (RejectedExecutionException e) {
      LOG.log(System.Logger.Level.DEBUG, "a removal came when the book was closed");
    }
  }

  private void writeDown(Removal decision) {
    if (!written.isNews(decision, now())) {
      return;
    }
    try {
      append(decision);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.ERROR, "a removal cannot be kept in " + file, e);
    }
  }

  @Override
  public List<Removal> of(String roomId) {
    return known.all().stream()
        .filter(decision -> !decision.takenBack() && decision.roomId().equals(roomId))
        .sorted(Comparator.comparing(Removal::participantId))
        .toList();
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
