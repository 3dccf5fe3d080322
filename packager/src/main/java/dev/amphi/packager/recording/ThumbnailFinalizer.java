package dev.amphi.packager.recording;

import dev.amphi.packager.crypt.RecordingKey;
import dev.amphi.packager.mp4.Bytes;
import dev.amphi.packager.thumbnails.PictureCue;
import dev.amphi.packager.thumbnails.PictureTrack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the small pictures of a recording that is over into files beside its MP4: one with all of
 * them behind each other, which is Motion JPEG, a track that says where each is and for which time
 * it stands, and the one that stands for the whole.
 */
final class ThumbnailFinalizer {
  private final RecordingFolder folder;
  private final @Nullable RecordingKey key;

  /**
   * @param key of the recording; null where it is plain
   */
  ThumbnailFinalizer(RecordingFolder folder, @Nullable RecordingKey key) {
    this.folder = folder;
    this.key = key;
  }

  /** Writes the files; says what was made of how many, or nothing where there are none. */
  Optional<JournalEntry.Thumbnails> write(
      List<JournalEntry.Thumbnail> all, MovieClock clock, long durationMs) throws IOException {
    List<MovieThumbnails.Placed> placed = new ArrayList<>();
    List<PictureCue> cues = new ArrayList<>();
    try (ChunkFiles files = ThumbnailFiles.reading(folder, key);
        SealedOutput out = new SealedOutput(folder, RecordedFile.PICTURES, key)) {
      long offset = 0;
      for (MovieThumbnails.Placed one : MovieThumbnails.place(all, clock, durationMs)) {
        Optional<Bytes> jpeg = ThumbnailFiles.read(files, one.picture());
        if (jpeg.isEmpty()) {
          continue; // Damaged on the disk: then nothing is shown for its time.
        }
        out.write(jpeg.get());
        placed.add(one);
        cues.add(cue(one, offset, jpeg.get().length()));
        offset += jpeg.get().length();
      }
      if (placed.isEmpty()) {
        return Optional.empty();
      }
      SealedOutput.Written written = out.finish();
      write(RecordedFile.THUMBNAILS, text(cues));
      Optional<Bytes> poster = ThumbnailFiles.read(files, MovieThumbnails.poster(placed));
      if (poster.isPresent()) {
        write(RecordedFile.POSTER, poster.get());
      }
      out.publish();
      return Optional.of(
          new JournalEntry.Thumbnails(placed.size(), written.bytes(), written.sha256()));
    }
  }

  private PictureCue cue(MovieThumbnails.Placed one, long offset, int length) {
    return new PictureCue(
        one.startMs(),
        one.endMs(),
        new RecordedPicture(folder.id(), offset, length).fileName(),
        one.picture().width(),
        one.picture().height());
  }

  static Bytes text(List<PictureCue> cues) {
    return Bytes.wrap(PictureTrack.write("", cues).getBytes(StandardCharsets.UTF_8));
  }

  private void write(RecordedFile file, Bytes bytes) throws IOException {
    try (SealedOutput out = new SealedOutput(folder, file, key)) {
      out.write(bytes);
      out.finish();
      out.publish();
    }
  }
}
