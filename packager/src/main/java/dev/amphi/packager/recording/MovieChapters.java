package dev.amphi.packager.recording;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** Puts chapters, which are known by the wall clock, where they belong in the movie. Pure. */
final class MovieChapters {
  private MovieChapters() {}

  /**
   * The chapters in order, each at another instant; of several at one the last one counts.
   *
   * @param durationMs what is later is left out
   */
  static List<JournalEntry.Placed> place(
      List<JournalEntry.Chapter> chapters, MovieClock clock, long durationMs) {
    if (clock.isEmpty()) {
      return List.of();
    }
    TreeMap<Long, String> placed = new TreeMap<>();
    List<JournalEntry.Chapter> ordered = new ArrayList<>(chapters);
    ordered.sort(Comparator.comparing(JournalEntry.Chapter::at));
    for (JournalEntry.Chapter chapter : ordered) {
      long ms = clock.millis(chapter.at());
      if (ms < durationMs) {
        placed.put(ms, chapter.title());
      }
    }
    List<JournalEntry.Placed> all = new ArrayList<>();
    placed.forEach((ms, title) -> all.add(new JournalEntry.Placed(ms, title)));
    return List.copyOf(all);
  }
}
