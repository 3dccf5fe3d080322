package dev.amphi.composer.scene;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who spoke when, of late: tells a conversation from a lecture with a cough in between. */
final class Turns {
  private static final long WINDOW_NANOS = 20_000_000_000L;
  private static final long LEAST_NANOS = 2_000_000_000L;
  private static final int MOST = 64;

  /** Somebody was loudest from then on. */
  private record Turn(String participantId, long fromNanos) {}

  private final Deque<Turn> turns = new ArrayDeque<>();

  /** Hears who is loudest from now on; "" for nobody. */
  void loudest(String participantId, long nowNanos) {
    Turn last = turns.peekLast();
    if (last == null || !last.participantId.equals(participantId)) {
      turns.addLast(new Turn(participantId, nowNanos));
      if (turns.size() > MOST) {
        turns.removeFirst();
      }
    }
  }

  /**
   * Those who talk with each other: each for two seconds at least of the last twenty, and it went
   * to and fro. Empty when one of them just speaks.
   */
  Set<String> talkers(long nowNanos) {
    long since = nowNanos - WINDOW_NANOS;
    Map<String, Long> spoken = new HashMap<>();
    String before = "";
    int changes = 0;
    @Nullable Turn turn = null;
    for (Turn next : turns) {
      if (turn != null) {
        count(spoken, turn, since, next.fromNanos);
      }
      if (next.fromNanos > since && !next.participantId.isEmpty()) {
        changes += before.isEmpty() || before.equals(next.participantId) ? 0 : 1;
      }
      before = next.participantId.isEmpty() ? before : next.participantId;
      turn = next;
    }
    if (turn != null) {
      count(spoken, turn, since, nowNanos);
    }
    Set<String> talkers = new HashSet<>();
    spoken.forEach(
        (who, nanos) -> {
          if (nanos >= LEAST_NANOS) {
            talkers.add(who);
          }
        });
    if (talkers.size() < 2 || changes < 2) {
      talkers.clear();
    }
    return talkers;
  }

  private static void count(Map<String, Long> spoken, Turn turn, long since, long until) {
    long nanos = until - Math.max(since, turn.fromNanos);
    if (nanos > 0 && !turn.participantId.isEmpty()) {
      spoken.merge(turn.participantId, nanos, Long::sum);
    }
  }
}
