package dev.amphi.server.node;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * What browsers measured, a file for each room ({@code ROOM.jsonl}), one digest a line, only ever
 * appended to. A file that is full becomes {@code ROOM.1.jsonl}, in place of the one before; files
 * that nobody wrote to for {@link #KEPT} are erased. Lines name peer connections by made-up names.
 */
final class StatsLog implements AutoCloseable {
  static final Duration KEPT = Duration.ofDays(30);

  private static final Duration LOOK_AGAIN = Duration.ofDays(1);
  private static final System.Logger LOG = System.getLogger(StatsLog.class.getName());

  private final Path folder;
  private final InstantSource clock;
  private final long mostBytes;
  private final LineFiles lines;

  /** The writer's, once it runs. */
  private Instant erased = Instant.MIN;

  /**
   * @param mostBytes how long a file may grow before it is put aside
   */
  StatsLog(Path folder, InstantSource clock, long mostBytes) {
    this.folder = folder;
    this.clock = clock;
    this.mostBytes = mostBytes;
    eraseOld();
    this.lines = new LineFiles("stats", this::file);
  }

  /** Takes one digest, a JSON object; returns at once. */
  void add(String roomId, String link, String digest) {
    // Neither the link's name nor the time has anything to escape.
    lines.add(
        roomId,
        "{\"at\":\"" + clock.instant() + "\",\"link\":\"" + link + "\"," + digest.substring(1));
  }

  /** Room ids are safe in paths: letters, digits, '_' and '-'. */
  private Path file(String roomId) throws IOException {
    if (clock.instant().isAfter(erased.plus(LOOK_AGAIN))) {
      eraseOld();
    }
    Path file = folder.resolve(roomId + ".jsonl");
    if (Files.exists(file) && Files.size(file) >= mostBytes) {
      Files.move(file, folder.resolve(roomId + ".1.jsonl"), StandardCopyOption.REPLACE_EXISTING);
    }
    return file;
  }

  /** Erases what is too old; a file that cannot be erased is left for the next time. */
  private void eraseOld() {
    erased = clock.instant();
    Instant oldest = erased.minus(KEPT);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jsonl")) {
      for (Path file : files) {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(oldest)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (NoSuchFileException none) {
      // Nothing was written yet.
    } catch (IOException | DirectoryIteratorException e) {
      LOG.log(System.Logger.Level.WARNING, "old statistics cannot be erased", e);
    }
  }

  /** Writes what waits, for five seconds at most. */
  @Override
  public void close() {
    lines.close();
  }
}
