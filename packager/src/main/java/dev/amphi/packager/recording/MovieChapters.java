package dev.amphi.packager.recording;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts chapters, which are known by the wall clock, where they belong in the movie. Pure. */
final class MovieChapters {
  private static final long MILLION = 1_000_000L;

  private MovieChapters() {}

  /**
   * The chapters in order, each at another instant; of several at one the last one counts.
   *
   * @param runs where media time zero of each run stands in the movie, by its wall clock
   * @param durationMs what is later is left out
   */
  static List<JournalEntry.Placed> place(
      List<JournalEntry.Chapter> chapters, Map<Instant, Long> runs, long durationMs) {
    TreeMap<Instant, Long> offsets = new TreeMap<>(runs);
    TreeMap<Long, String> placed = new TreeMap<>();
    if (offsets.isEmpty()) {
      return List.of();
    }
    List<JournalEntry.Chapter> ordered = new ArrayList<>(chapters);
    ordered.sort(Comparator.comparing(JournalEntry.Chapter::at));
    for (JournalEntry.Chapter chapter : ordered) {
      Map.Entry<Instant, Long> run = offsets.floorEntry(chapter.at());
      Map.Entry<Instant, Long> from = run == null ? offsets.firstEntry() : run;
      long nanos = from.getValue() + Duration.between(from.getKey(), chapter.at()).toNanos();
      long ms = Math.max(0, Math.floorDiv(nanos, MILLION));
      if (ms < durationMs) {
        placed.put(ms, chapter.title());
      }
    }
    List<JournalEntry.Placed> all = new ArrayList<>();
    placed.forEach((ms, title) -> all.add(new JournalEntry.Placed(ms, title)));
    return List.copyOf(all);
  }
}
