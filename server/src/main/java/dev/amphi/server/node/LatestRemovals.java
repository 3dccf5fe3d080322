package dev.amphi.server.node;

import dev.amphi.cluster.room.Removal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** What was decided last about each person in each room, for as long as that holds. */
final class LatestRemovals {
  private final Map<String, Removal> decisions = new LinkedHashMap<>();

  private static String key(Removal decision) {
    return decision.roomId() + "/" + decision.participantId();
  }

  private static boolean holds(Removal decision, long nowSeconds) {
    return decision.untilSeconds() > nowSeconds;
  }

  /** Whether a decision holds, and is later than what is known about this person. */
  boolean isNews(Removal decision, long nowSeconds) {
    Removal before = decisions.get(key(decision));
    return holds(decision, nowSeconds)
        && (before == null || before.untilSeconds() < decision.untilSeconds());
  }

  /** Takes a decision in place of the one before. */
  void put(Removal decision) {
    decisions.put(key(decision), decision);
  }

  /** Forgets whatever has run out; looks at all. */
  void forget(long nowSeconds) {
    decisions.values().removeIf(old -> !holds(old, nowSeconds));
  }

  Collection<Removal> all() {
    return decisions.values();
  }
}
