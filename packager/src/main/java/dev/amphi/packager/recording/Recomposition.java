package dev.amphi.packager.recording;

import dev.amphi.packager.api.Stop;
import dev.amphi.packager.api.TrackComposer;
import dev.amphi.packager.crypt.RecordingKey;
import dev.amphi.packager.mp4.ProgressiveHeaderWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes an MP4 beside a finished recording out of its tracks, as long as the whole and with its
 * chapters. It can be stopped at any instruction: what is there counts once the journal says so.
 */
final class Recomposition {
  private final RecordingFolder folder;
  private final @Nullable RecordingKey key;
  private final TrackComposer composer;
  private final TrackComposer.Show show;

  /**
   * @param key of the recording; null where it is plain
   */
  Recomposition(
      RecordingFolder folder,
      @Nullable RecordingKey key,
      TrackComposer composer,
      TrackComposer.Show show) {
    this.folder = folder;
    this.key = key;
    this.composer = composer;
    this.show = show;
  }

  /** Why nothing can be made of its tracks; empty where something can. */
  Optional<String> refusal() throws IOException {
    return composer.refusal(show, new RecordedTracks(folder, key).list());
  }

  /** What was made, whole on the disk but without its name. */
  record Made(ComposedMovie movie, JournalEntry.Composed entry) {}

  /** Makes it; takes as long as the machine needs. */
  Made make(String roomId, String title, Stop stop) throws IOException, InterruptedException {
    Journal journal = new ClosedJournal(folder, key).read();
    if (!(journal.outcome().orElse(null) instanceof JournalEntry.Ready ready)) {
      throw new IOException("its journal names no MP4");
    }
    RecordedTracks tracks = new RecordedTracks(folder, key);
    ComposedMovie movie = new ComposedMovie(folder, RecordedFile.of(show), key);
    boolean made = false;
    try {
      composer.compose(
          new TrackComposer.Order(
              roomId, title, show, ready.durationMs(), tracks.list(), tracks, stop),
          movie);
      List<ProgressiveHeaderWriter.Chapter> chapters =
          ready.chapters().stream()
              .map(c -> new ProgressiveHeaderWriter.Chapter(c.startMs(), c.title()))
              .toList();
      SealedOutput.Written written = movie.finish(chapters);
      made = true;
      return new Made(
          movie,
          new JournalEntry.Composed(
              show, movie.durationMs(), written.bytes(), written.sha256(), tracks.remark()));
    } catch (UncheckedIOException e) {
      throw new IOException(e.getCause());
    } finally {
      if (!made) {
        movie.close();
      }
    }
  }
}
