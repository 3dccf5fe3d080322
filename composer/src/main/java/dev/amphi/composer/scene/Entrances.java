package dev.amphi.composer.scene;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
  private final Set<String> done = new HashSet<>();
  private Set<String> before = Set.of();
  private String turn = "";
  private long turnSinceNanos;

  /** Some were told in another process: as if they had left when somebody is here first. */
  void toldBefore(Set<String> people) {
    before = Set.copyOf(people);
  }

  /** Hears who is in the program's picture now. */
  void present(Collection<String> people, long nowNanos) {
    before.forEach(id -> left.put(id, nowNanos));
    before = Set.of();
    left.values().removeIf(since -> nowNanos - since > BACK_NANOS);
    for (String id : List.copyOf(came.keySet())) {
      if (!people.contains(id)) {
        came.remove(id);
        waiting.remove(id);
        done.remove(id);
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

  /** Those who have been told to the end since this was asked last. */
  List<String> done(long nowNanos) {
    List<String> news = List.of();
    for (String id : came.keySet()) {
      boolean toCome = waiting.contains(id) || id.equals(turn);
      if (!done.contains(id) && !toCome && !tells(id, nowNanos)) {
        news = news.isEmpty() ? new ArrayList<>() : news;
        news.add(id);
      }
    }
    done.addAll(news);
    return news;
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
