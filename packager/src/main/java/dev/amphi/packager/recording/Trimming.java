package dev.amphi.packager.recording;

import dev.amphi.packager.api.RecordingRefused;
import dev.amphi.packager.captions.TimedText;
import dev.amphi.packager.captions.WebVtt;
import dev.amphi.packager.crypt.RecordingKey;
import dev.amphi.packager.mp4.Bytes;
import dev.amphi.packager.mp4.MovieIndex;
import dev.amphi.packager.mp4.ProgressiveHeaderWriter;
import dev.amphi.packager.thumbnails.PictureCue;
import dev.amphi.packager.thumbnails.PictureTrack;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a part out of a finished recording, beside it: an MP4 and captions of its own, in which
 * nothing is coded anew. What is there counts once the journal says so; it can be stopped at any
 * instruction. For one thread at a time per recording.
 */
final class Trimming {
  private static final int COPY_BYTES = 1 << 20;
  private static final int HEADER = 16;
  private static final int LARGEST_INDEX = 512 << 20;

  private final RecordingFolder folder;
  private final @Nullable RecordingKey key;
  private final ClosedJournal own;

  /**
   * @param key of the recording; null where it is plain
   */
  Trimming(RecordingFolder folder, @Nullable RecordingKey key) {
    this.folder = folder;
    this.key = key;
    this.own = new ClosedJournal(folder, key);
  }

  /** Makes the part between two moments, in place of the one that there was. */
  JournalEntry.Trimmed make(long fromMs, long toMs) throws IOException, RecordingRefused {
    Journal journal = own.read();
    if (!(journal.outcome().orElse(null) instanceof JournalEntry.Ready ready)) {
      throw new IOException("its journal names no MP4");
    }
    try (RecordedContent movie = RecordedContent.open(folder, RecordedFile.MOVIE, key)) {
      TrimPlan plan = new TrimPlan(index(movie), fromMs, toMs);
      if (plan.isEmpty()) {
        throw new RecordingRefused(
            RecordingRefused.Reason.WRONG, "There is nothing between these moments.");
      }
      requireRoom(plan.mediaBytes());
      if (journal.trim().isPresent()) {
        drop(journal);
        journal = own.read();
      }
      List<JournalEntry.Placed> chapters =
          chapters(ready.chapters(), plan.fromMs(), plan.durationMs());
      SealedOutput.Written written = write(movie, plan, chapters);
      boolean captioned = writeCaptions(plan);
      writeThumbnails(plan);
      JournalEntry.Trimmed trimmed =
          new JournalEntry.Trimmed(
              plan.fromMs(), plan.durationMs(), written.bytes(), written.sha256(), captioned);
      own.append(journal, trimmed);
      return trimmed;
    } finally {
      Files.deleteIfExists(folder.unfinished(RecordedFile.TRIMMED));
    }
  }

  /** Takes the part away; the recording stays. */
  void drop() throws IOException, RecordingRefused {
    Journal journal = own.read();
    if (journal.trim().isPresent()) {
      drop(journal);
    }
  }

  /** A hold may have come while this waited for its turn. */
  private void drop(Journal journal) throws IOException, RecordingRefused {
    if (Files.exists(folder.hold())) {
      throw new RecordingRefused(
          RecordingRefused.Reason.HELD,
          "The recording '"
              + folder.id()
              + "' is under a legal hold, and so is its part: end that first.");
    }
    own.append(journal, new JournalEntry.Untrimmed());
    folder.remove(RecordedFile.TRIMMED);
    folder.remove(RecordedFile.TRIMMED_CAPTIONS);
    folder.remove(RecordedFile.TRIMMED_THUMBNAILS);
  }

  private void requireRoom(long bytes) throws IOException {
    long usable = folder.usableBytes();
    if (usable > 0 && usable < bytes) {
      throw new IOException("the disk has no room for it");
    }
  }

  /** Finds {@code moov}, which comes before the media, and reads it. */
  private static MovieIndex index(RecordedContent movie) throws IOException {
    long at = 0;
    while (at + HEADER <= movie.length()) {
      ByteBuffer head = movie.readAll(at, HEADER);
      long size = Integer.toUnsignedLong(head.getInt());
      String code = StandardCharsets.ISO_8859_1.decode(head.slice().limit(4)).toString();
      if (code.equals("moov") && size <= LARGEST_INDEX) {
        Bytes moov = Bytes.copyOf(movie.readAll(at + 8, (int) size - 8));
        return MovieIndex.read(moov).orElseThrow(() -> new IOException("its MP4 has no index"));
      }
      if (size < 8 || code.equals("mdat")) {
        break;
      }
      at += size;
    }
    throw new IOException("its MP4 has no index");
  }

  private SealedOutput.Written write(
      RecordedContent movie, TrimPlan plan, List<JournalEntry.Placed> chapters) throws IOException {
    try (SealedOutput out = new SealedOutput(folder, RecordedFile.TRIMMED, key)) {
      out.write(
          plan.header(
              chapters.stream()
                  .map(c -> new ProgressiveHeaderWriter.Chapter(c.startMs(), c.title()))
                  .toList()));
      for (TrimPlan.Piece piece : plan.pieces()) {
        for (long done = 0; done < piece.length(); ) {
          int some = (int) Math.min(COPY_BYTES, piece.length() - done);
          out.write(Bytes.copyOf(movie.readAll(piece.offset() + done, some)));
          done += some;
        }
      }
      SealedOutput.Written written = out.finish();
      out.publish();
      return written;
    }
  }

  private boolean writeCaptions(TrimPlan plan) throws IOException {
    folder.remove(RecordedFile.TRIMMED_CAPTIONS);
    if (!folder.has(RecordedFile.CAPTIONS)) {
      return false;
    }
    List<TimedText> all = WebVtt.read(text(RecordedFile.CAPTIONS));
    List<TimedText> kept = new ArrayList<>();
    for (TimedText one : all) {
      long start = Math.max(0, one.startMs() - plan.fromMs());
      long end = Math.min(plan.durationMs(), one.endMs() - plan.fromMs());
      if (start < end) {
        kept.add(new TimedText(start, end, one.text()));
      }
    }
    if (!kept.isEmpty()) {
      Bytes text = Bytes.wrap(WebVtt.write(kept).getBytes(StandardCharsets.UTF_8));
      write(RecordedFile.TRIMMED_CAPTIONS, text);
    }
    return !kept.isEmpty();
  }

  /** The pictures stay where they are: only the times are other ones. */
  private void writeThumbnails(TrimPlan plan) throws IOException {
    folder.remove(RecordedFile.TRIMMED_THUMBNAILS);
    if (!folder.has(RecordedFile.THUMBNAILS)) {
      return;
    }
    List<PictureCue> kept = new ArrayList<>();
    for (PictureCue one : PictureTrack.read(text(RecordedFile.THUMBNAILS))) {
      long start = Math.max(0, one.startMs() - plan.fromMs());
      long end = Math.min(plan.durationMs(), one.endMs() - plan.fromMs());
      if (start < end) {
        kept.add(one.at(start, end));
      }
    }
    write(RecordedFile.TRIMMED_THUMBNAILS, ThumbnailFinalizer.text(kept));
  }

  private String text(RecordedFile file) throws IOException {
    try (RecordedContent content = RecordedContent.open(folder, file, key)) {
      return StandardCharsets.UTF_8.decode(content.readAll(0, (int) content.length())).toString();
    }
  }

  private void write(RecordedFile file, Bytes text) throws IOException {
    try (SealedOutput out = new SealedOutput(folder, file, key)) {
      out.write(text);
      out.finish();
      out.publish();
    }
  }

  /** The chapters of a part; the one that goes on where it begins is its first. */
  static List<JournalEntry.Placed> chapters(
      List<JournalEntry.Placed> all, long fromMs, long durationMs) {
    List<JournalEntry.Placed> kept = new ArrayList<>();
    for (JournalEntry.Placed chapter : all) {
      long start = Math.max(0, chapter.startMs() - fromMs);
      if (start == 0) {
        kept.clear();
      }
      if (start < durationMs) {
        kept.add(new JournalEntry.Placed(start, chapter.title()));
      }
    }
    return List.copyOf(kept);
  }
}
