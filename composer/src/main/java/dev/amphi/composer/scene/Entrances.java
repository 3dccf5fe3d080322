package dev.amphi.composer.scene;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who has just come into the picture and is told by name and role, once: who is back within a
 * minute, after a broken network, is not told again. Each in her own tile; who has none with room
 * for it waits for her turn in the first tile, one after the other.
 */
final class Entrances {
  /** How long a lower third stays. */
  static final long SHOWN_NANOS = 6_000_000_000L;

  private static final long BACK_NANOS = 60_000_000_000L;

  private final Map<String, Long> came = new LinkedHashMap<>();
  private final Map<String, Long> left = new HashMap<>();
  private final Deque<String> waiting = new ArrayDeque<>();
  private String turn = "";
  private long turnSinceNanos;

  /** Hears who is in the program's picture now. */
  void present(Collection<String> people, long nowNanos) {
    left.values().removeIf(since -> nowNanos - since > BACK_NANOS);
    for (String id : List.copyOf(came.keySet())) {
      if (!people.contains(id)) {
        came.remove(id);
        waiting.remove(id);
        left.put(id, nowNanos);
      }
    }
    for (String id : people) {
      if (!came.containsKey(id)) {
        came.put(id, left.remove(id) == null ? nowNanos : nowNanos - SHOWN_NANOS);
      }
    }
  }

  /** Whether somebody is being told now. */
  boolean tells(String id, long nowNanos) {
    Long since = came.get(id);
    return since != null && nowNanos - since < SHOWN_NANOS;
  }

  /** Those who are being told now, in the order in which they came. */
  List<String> told(long nowNanos) {
    return came.keySet().stream().filter(id -> tells(id, nowNanos)).toList();
  }

  /** Somebody is being told in her own tile. */
  void hasRoom(String id) {
    waiting.remove(id);
  }

  /** Somebody who is being told has no room of her own. */
  void waits(String id) {
    if (!id.equals(turn) && !waiting.contains(id)) {
      waiting.add(id);
    }
  }

  /** Whose turn it is in the first tile; "" for nobody's. */
  String turn(long nowNanos) {
    if (!came.containsKey(turn) || nowNanos - turnSinceNanos >= SHOWN_NANOS) {
      String next = waiting.poll();
      turn = next == null ? "" : next;
      turnSinceNanos = nowNanos;
    }
    return turn;
  }
}
