package dev.amphi.packager.recording;

import dev.amphi.packager.mp4.Bytes;
import dev.amphi.packager.mp4.FragmentIndex;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import java.util.zip.CRC32C;

/**
 * Makes the MP4 of a recording that nobody writes any more. It can be stopped at any instruction
 * and run again: the chunks go only after the MP4 is on the disk under its name and the journal
 * says so.
 */
final class Finalizer {
  private static final String NOTHING =
      "Nothing was recorded: the recording ended before its first part was whole.";

  private final RecordingFolder folder;
  private final DoubleConsumer progress;
  private final Map<String, FileChannel> tracks = new HashMap<>();

  /**
   * @param progress hears how much is done, 0 to 1
   */
  Finalizer(RecordingFolder folder, DoubleConsumer progress) {
    this.folder = folder;
    this.progress = progress;
  }

  /** Does what is left to do and says how it ended. */
  JournalEntry finish() throws IOException {
    Journal journal = Journal.read(Files.readAllBytes(folder.journal()));
    truncateTo(journal.validBytes());
    Optional<JournalEntry> before = journal.outcome();
    JournalEntry outcome;
    if (before.isPresent()) {
      outcome = before.get();
    } else {
      outcome = write(journal);
      folder.append(outcome);
    }
    removeChunks();
    return outcome;
  }

  private void truncateTo(long validBytes) throws IOException {
    try (FileChannel channel = FileChannel.open(folder.journal(), StandardOpenOption.WRITE)) {
      if (channel.size() > validBytes) {
        channel.truncate(validBytes);
        channel.force(true);
      }
    }
  }

  private JournalEntry write(Journal journal) throws IOException {
    try {
      MoviePlan plan = plan(journal);
      if (plan.isEmpty()) {
        return new JournalEntry.Failed(NOTHING);
      }
      try (FileChannel out =
          FileChannel.open(
              folder.unfinishedMovie(),
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        RecordingFolder.writeFully(out, plan.header().toByteBuffer());
        copy(plan, out);
        out.force(true);
      }
      Files.writeString(folder.chapters(), ChaptersJson.write(plan.chapters()));
      Files.move(
          folder.unfinishedMovie(),
          folder.movie(),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      RecordingFolder.sync(folder.path());
      return new JournalEntry.Ready(plan.durationMs(), plan.chapters());
    } finally {
      for (FileChannel track : tracks.values()) {
        track.close();
      }
      tracks.clear();
    }
  }

  /** Reads every chunk once; one that is not what was written is left out, as a gap. */
  private MoviePlan plan(Journal journal) throws IOException {
    MoviePlan plan = new MoviePlan();
    int done = 0;
    for (JournalEntry entry : journal.entries()) {
      if (entry instanceof JournalEntry.Format format) {
        plan.format(format);
      } else if (entry instanceof JournalEntry.Chapter chapter) {
        plan.chapter(chapter);
      } else if (entry instanceof JournalEntry.Chunk chunk) {
        Optional<FragmentIndex> index = read(chunk).flatMap(FragmentIndex::read);
        index.ifPresent(found -> plan.chunk(chunk, found));
      }
      progress.accept(0.5 * ++done / journal.entries().size());
    }
    return plan;
  }

  private Optional<Bytes> read(JournalEntry.Chunk chunk) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(chunk.length());
    Path file = folder.track(chunk.track());
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    FileChannel channel = open(chunk.track());
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, chunk.offset() + bytes.position()) < 0) {
        return Optional.empty();
      }
    }
    CRC32C crc = new CRC32C();
    crc.update(bytes.array());
    return (int) crc.getValue() == chunk.crc32c()
        ? Optional.of(Bytes.wrap(bytes.array()))
        : Optional.empty();
  }

  private void copy(MoviePlan plan, FileChannel out) throws IOException {
    long copied = 0;
    for (MoviePlan.Piece piece : plan.pieces()) {
      switch (piece) {
        case MoviePlan.Piece.Made made ->
            RecordingFolder.writeFully(out, made.bytes().toByteBuffer());
        case MoviePlan.Piece.Stored stored -> transfer(stored, out);
      }
      copied += piece.length();
      progress.accept(0.5 + 0.5 * copied / plan.mediaBytes());
    }
  }

  private void transfer(MoviePlan.Piece.Stored piece, FileChannel out) throws IOException {
    FileChannel in = open(piece.track());
    long done = 0;
    while (done < piece.length()) {
      long more = in.transferTo(piece.offset() + done, piece.length() - done, out);
      if (more <= 0) {
        throw new EOFException("the file of track " + piece.track() + " became shorter");
      }
      done += more;
    }
  }

  private FileChannel open(String track) throws IOException {
    FileChannel known = tracks.get(track);
    if (known != null) {
      return known;
    }
    FileChannel opened = FileChannel.open(folder.track(track), StandardOpenOption.READ);
    tracks.put(track, opened);
    return opened;
  }

  private void removeChunks() throws IOException {
    try (DirectoryStream<Path> chunks =
        Files.newDirectoryStream(folder.path(), "*" + RecordingFolder.TRACK_SUFFIX)) {
      for (Path file : chunks) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder.unfinishedMovie());
  }
}
