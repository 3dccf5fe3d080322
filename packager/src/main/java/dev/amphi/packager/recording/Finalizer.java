package dev.amphi.packager.recording;

import dev.amphi.packager.captions.TimedText;
import dev.amphi.packager.captions.WebVtt;
import dev.amphi.packager.crypt.RecordingKey;
import dev.amphi.packager.mp4.Bytes;
import dev.amphi.packager.mp4.FragmentIndex;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes the MP4 of a recording that nobody writes any more. It can be stopped at any instruction
 * and run again: the chunks go only after the MP4 is on the disk under its name and the journal
 * says so, and they stay where not all of them are in it.
 */
final class Finalizer {
  private static final String NOTHING =
      "Nothing was recorded: the recording ended before its first part was whole.";

  private final RecordingFolder folder;
  private final @Nullable RecordingKey key;
  private final DoubleConsumer progress;
  private final ChunkFiles chunks;
  private int chunksLost;

  /**
   * How a recording ended.
   *
   * @param remark for people: what is special about it, or ""
   * @param before whether an earlier run had come to that end already
   * @param captioned whether there are captions beside the MP4
   * @param pictured whether there are small pictures beside it
   * @param trim the part of it that there is, if any
   */
  record Finished(
      JournalEntry.Outcome outcome,
      String remark,
      boolean before,
      boolean captioned,
      boolean pictured,
      Optional<JournalEntry.Trimmed> trim) {}

  /**
   * @param key of the recording; null where it is plain
   * @param progress hears how much is done, 0 to 1
   */
  Finalizer(RecordingFolder folder, @Nullable RecordingKey key, DoubleConsumer progress) {
    this.folder = folder;
    this.key = key;
    this.progress = progress;
    this.chunks = new ChunkFiles(folder, key);
  }

  /** Does what is left to do and says how it ended. */
  Finished finish() throws IOException {
    Journal journal = Journal.read(Files.readAllBytes(folder.journal()), RecordingKey.links(key));
    truncateTo(journal.validBytes());
    Optional<JournalEntry.Outcome> before = journal.outcome();
    JournalEntry.Outcome outcome;
    if (before.isPresent()) {
      outcome = before.get();
      chunksLost = journal.movie().map(JournalEntry.Movie::chunksLost).orElse(0);
    } else {
      requireChunks(journal);
      try (chunks) {
        outcome = write(journal);
      }
    }
    clean(journal.brokenLine() == 0 && chunksLost == 0);
    return new Finished(
        outcome,
        RecordingState.remark(journal, chunksLost),
        before.isPresent(),
        folder.has(RecordedFile.CAPTIONS),
        folder.has(RecordedFile.THUMBNAILS),
        trim(journal));
  }

  /** A part that the journal does not know was being made when the node died. */
  private Optional<JournalEntry.Trimmed> trim(Journal journal) throws IOException {
    if (journal.trim().isPresent() && folder.has(RecordedFile.TRIMMED)) {
      return journal.trim();
    }
    folder.remove(RecordedFile.TRIMMED);
    folder.remove(RecordedFile.TRIMMED_CAPTIONS);
    folder.remove(RecordedFile.TRIMMED_THUMBNAILS);
    return Optional.empty();
  }

  private void truncateTo(long validBytes) throws IOException {
    try (FileChannel channel = FileChannel.open(folder.journal(), StandardOpenOption.WRITE)) {
      if (channel.size() > validBytes) {
        channel.truncate(validBytes);
        channel.force(true);
      }
    }
  }

  /** An MP4 without its chunks was whole once: it must not be taken for an empty recording. */
  private void requireChunks(Journal journal) throws IOException {
    Set<String> tracks =
        journal.entries().stream()
            .filter(JournalEntry.Chunk.class::isInstance)
            .map(entry -> ((JournalEntry.Chunk) entry).track())
            .collect(Collectors.toSet());
    boolean gone =
        !tracks.isEmpty() && tracks.stream().noneMatch(id -> Files.exists(folder.track(id)));
    if (gone && folder.has(RecordedFile.MOVIE)) {
      throw new IOException("the end of its journal was cut off after the MP4 had been made");
    }
  }

  private JournalEntry.Outcome write(Journal journal) throws IOException {
    JournalChain chain = new JournalChain(RecordingKey.links(key), journal.link());
    MoviePlan plan = plan(journal);
    if (plan.isEmpty()) {
      JournalEntry.Failed failed = new JournalEntry.Failed(NOTHING);
      folder.append(chain, List.of(failed));
      return failed;
    }
    List<JournalEntry> made = new ArrayList<>();
    try (SealedOutput out = new SealedOutput(folder, RecordedFile.MOVIE, key)) {
      out.write(plan.header());
      copy(plan, out);
      SealedOutput.Written written = out.finish();
      made.add(new JournalEntry.Movie(written.bytes(), written.sha256(), chunksLost));
      if (key == null) {
        Files.writeString(folder.chapters(), ChaptersJson.write(plan.chapters()));
      }
      writeCaptions(plan.captions());
      writeThumbnails(journal, plan).ifPresent(made::add);
      out.publish();
    }
    TrackFinalizer.note(folder, key, plan.clock());
    JournalEntry.Ready ready = new JournalEntry.Ready(plan.durationMs(), plan.chapters());
    made.add(ready);
    folder.append(chain, made);
    return ready;
  }

  private Optional<JournalEntry.Thumbnails> writeThumbnails(Journal journal, MoviePlan plan)
      throws IOException {
    List<JournalEntry.Thumbnail> all =
        journal.entries().stream()
            .filter(JournalEntry.Thumbnail.class::isInstance)
            .map(JournalEntry.Thumbnail.class::cast)
            .toList();
    return new ThumbnailFinalizer(folder, key).write(all, plan.clock(), plan.durationMs());
  }

  private void writeCaptions(List<TimedText> captions) throws IOException {
    if (captions.isEmpty()) {
      return;
    }
    try (SealedOutput out = new SealedOutput(folder, RecordedFile.CAPTIONS, key)) {
      out.write(Bytes.wrap(WebVtt.write(captions).getBytes(StandardCharsets.UTF_8)));
      out.finish();
      out.publish();
    }
  }

  /** Reads every chunk once; one that is not what was written is left out, as a gap. */
  private MoviePlan plan(Journal journal) throws IOException {
    MoviePlan plan = new MoviePlan();
    journal.entries().forEach(plan::know);
    SealedWords words = new SealedWords(folder, key);
    int done = 0;
    for (JournalEntry entry : journal.entries()) {
      if (entry instanceof JournalEntry.Format format) {
        plan.format(format);
      } else if (entry instanceof JournalEntry.Chapter chapter) {
        plan.chapter(chapter);
      } else if (MoviePlan.isJoint(entry)) {
        plan.joint();
      } else if (entry instanceof JournalEntry.Cue cue) {
        words.open(cue).ifPresent(plan::cue);
      } else if (entry instanceof JournalEntry.Chunk chunk) {
        Optional<FragmentIndex> index = chunks.read(chunk).flatMap(FragmentIndex::read);
        if (index.isEmpty() || !plan.chunk(chunk, index.get())) {
          chunksLost++;
        }
      }
      progress.accept(0.5 * ++done / journal.entries().size());
    }
    return plan;
  }

  private void copy(MoviePlan plan, SealedOutput out) throws IOException {
    long copied = 0;
    for (MoviePlan.Piece piece : plan.pieces()) {
      switch (piece) {
        case MoviePlan.Piece.Made made -> out.write(made.bytes());
        case MoviePlan.Piece.Stored stored -> out.write(samples(stored));
      }
      copied += piece.length();
      progress.accept(0.5 + 0.5 * copied / plan.mediaBytes());
    }
  }

  private Bytes samples(MoviePlan.Piece.Stored piece) throws IOException {
    Bytes chunk =
        chunks
            .read(piece.chunk())
            .orElseThrow(
                () -> new EOFException("track " + piece.chunk().track() + " changed meanwhile"));
    return chunk.slice(piece.dataOffset(), piece.dataOffset() + piece.length());
  }

  private void clean(boolean whole) throws IOException {
    if (whole) {
      try (DirectoryStream<Path> files =
          Files.newDirectoryStream(folder.path(), "*" + RecordingFolder.TRACK_SUFFIX)) {
        for (Path file : files) {
          Files.deleteIfExists(file);
        }
      }
      Files.deleteIfExists(folder.path().resolve(RecordingFolder.THUMBNAILS));
    }
    for (RecordedFile file : RecordedFile.values()) {
      Files.deleteIfExists(folder.unfinished(file));
      Files.deleteIfExists(folder.unfinished(ComposedMovie.mediaName(file)));
    }
    Files.deleteIfExists(folder.lock());
  }
}
