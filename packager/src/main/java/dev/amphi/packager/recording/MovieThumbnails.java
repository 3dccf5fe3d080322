package dev.amphi.packager.recording;

import dev.amphi.packager.thumbnails.PictureCue;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts small pictures, which are known by the wall clock, where they belong in the movie, each
 * until the next. Pure.
 */
final class MovieThumbnails {
  /** What is looked at for the picture of the whole: some five minutes. */
  private static final int POSTER_OF = 60;

  /** A picture, and where it is in the movie. */
  record Placed(JournalEntry.Thumbnail picture, long startMs, long endMs) {}

  private MovieThumbnails() {}

  /**
   * Those that the movie shows, in the order of their times, which all differ; the first stands for
   * what is before it too.
   */
  static List<Placed> place(List<JournalEntry.Thumbnail> all, MovieClock clock, long durationMs) {
    List<Placed> placed = new ArrayList<>();
    JournalEntry.Thumbnail last = null;
    long start = 0;
    for (JournalEntry.Thumbnail picture : all) {
      long ms = clock.runs(picture.at()) ? clock.millis(picture.at()) : -1;
      if (ms < 0 || ms >= durationMs || (last != null && ms <= start)) {
        continue;
      }
      if (last != null) {
        placed.add(new Placed(last, start, Math.min(ms, start + PictureCue.LONGEST_MS)));
      }
      start = last == null && ms <= PictureCue.LONGEST_MS ? 0 : ms;
      last = picture;
    }
    if (last != null) {
      placed.add(new Placed(last, start, Math.min(durationMs, start + PictureCue.LONGEST_MS)));
    }
    return List.copyOf(placed);
  }

  /** Which one stands for the whole: of the first ones that with the most in it. */
  static JournalEntry.Thumbnail poster(List<Placed> placed) {
    JournalEntry.Thumbnail best = placed.getFirst().picture();
    for (Placed one : placed.subList(0, Math.min(POSTER_OF, placed.size()))) {
      best = one.picture().length() > best.length() ? one.picture() : best;
    }
    return best;
  }
}
