package dev.amphi.server.catalogue;

import dev.amphi.packager.api.RecordingView;
import java.text.Normalizer;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which recordings somebody asked for.
 *
 * @param room only of this room
 * @param state only in this state
 * @param from begun then or later
 * @param to begun before
 * @param words all of which are in the title, the room's id or the recording's; "" for any
 * @param limit so many at most
 * @param after what was seen already
 */
public record Wanted(
    Optional<String> room,
    Optional<String> state,
    Optional<Instant> from,
    Optional<Instant> to,
    String words,
    int limit,
    Optional<Place> after) {
  public static final Set<String> STATES = Set.of("recording", "processing", "ready", "failed");
  public static final int MOST = 200;
  public static final int USUAL = 50;

  private static final Pattern ACCENTS = Pattern.compile("\\p{InCombiningDiacriticalMarks}+");

  boolean has(RecordingView view, Place place) {
    return room.map(view.roomId()::equals).orElse(true)
        && state.map(view.state()::equals).orElse(true)
        && from.map(at -> !place.startedAt().isBefore(at)).orElse(true)
        && to.map(at -> place.startedAt().isBefore(at)).orElse(true)
        && after.map(before -> place.compareTo(before) > 0).orElse(true)
        && said(view);
  }

  private boolean said(RecordingView view) {
    if (words.isBlank()) {
      return true;
    }
    String title = view.kept().map(RecordingView.Kept::title).orElse("");
    String text = folded(title + "\n" + view.roomId() + "\n" + view.id());
    for (String word : folded(words).strip().split("\\s+", -1)) {
      if (!text.contains(word)) {
        return false;
      }
    }
    return true;
  }

  /** Case and accents make no difference. */
  private static String folded(String text) {
    String plain = Normalizer.normalize(text, Normalizer.Form.NFKD);
    return ACCENTS.matcher(plain).replaceAll("").toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }
}
