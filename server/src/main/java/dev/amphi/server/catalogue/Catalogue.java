package dev.amphi.server.catalogue;

import dev.amphi.packager.api.RecordingView;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Pages of recordings; a pure function of what there is. */
public final class Catalogue {
  private Catalogue() {}

  /**
   * Some recordings, the newest first.
   *
   * @param next where the next page goes on; empty where this is the last one
   */
  public record Page(List<RecordingView> recordings, Optional<Place> next) {
    public Page {
      recordings = List.copyOf(recordings);
    }
  }

  /** What of all that there is was asked for. */
  public static Page page(Collection<RecordingView> all, Wanted wanted) {
    TreeMap<Place, RecordingView> found = new TreeMap<>();
    for (RecordingView view : all) {
      Place place = place(view);
      if (wanted.has(view, place)) {
        found.put(place, view);
        if (found.size() > wanted.limit() + 1) {
          found.pollLastEntry();
        }
      }
    }
    List<Map.Entry<Place, RecordingView>> shown =
        found.entrySet().stream().limit(wanted.limit()).toList();
    return new Page(
        shown.stream().map(Map.Entry::getValue).toList(),
        found.size() > shown.size() ? Optional.of(shown.getLast().getKey()) : Optional.empty());
  }

  private static Place place(RecordingView view) {
    // One that never had a folder has no beginning either: it stands last.
    Instant at = view.kept().map(RecordingView.Kept::startedAt).orElse(Instant.EPOCH);
    return new Place(at, view.roomId(), view.id());
  }
}
