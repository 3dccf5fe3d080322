package dev.amphi.server.room;

import dev.amphi.composer.api.Arrangement;
import dev.amphi.composer.api.Composition;
import dev.amphi.interactive.api.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** What may be asked of a class; what may not is refused in words. Pure. */
final class ClassRules {
  private static final int LONGEST_ID = 128;
  private static final Duration LONGEST_BREAK = Duration.ofHours(12);

  private ClassRules() {}

  /** How the picture is wanted. */
  static Arrangement arrangement(String layout, String spotlight, Set<String> hidden)
      throws Refusal {
    if (!Composition.LAYOUTS.contains(layout)) {
      throw wrong(
          "There is no layout '%s': choose one of %s."
              .formatted(layout, String.join(", ", Composition.LAYOUTS)));
    }
    if (hidden.size() > Arrangement.MOST_HIDDEN) {
      throw wrong(
          "'hidden' names %d participants: at most %d can be hidden."
              .formatted(hidden.size(), Arrangement.MOST_HIDDEN));
    }
    for (String id : hidden) {
      if (id.length() > LONGEST_ID) {
        throw wrong(
            "'hidden' has an id of %d characters: the longest there is has %d."
                .formatted(id.length(), LONGEST_ID));
      }
    }
    return new Arrangement(layout, spotlight, hidden);
  }

  /** When a break shall end. */
  static void requireSoon(Instant until, Instant now) throws Refusal {
    if (until.isBefore(now) || until.isAfter(now.plus(LONGEST_BREAK))) {
      throw wrong("'until' is '" + until + "', but it must be within the next 12 hours.");
    }
  }

  private static Refusal wrong(String sentence) {
    return new Refusal(422, "malformed", sentence);
  }
}
