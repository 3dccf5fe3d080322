package dev.amphi.packager.node;

import dev.amphi.packager.origin.Happening;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides which happenings a playlist tells: as few as tell what there is to be seen, and never
 * none of what comes. Confined to one caller; pure.
 */
final class Happenings {
  /** Stand in every playlist and every delta of it. */
  static final int MOST = 500;

  /** What is leafed through faster nobody needs to hear of. */
  static final Duration FLEETING = Duration.ofSeconds(1);

  private final List<Happening> fresh = new ArrayList<>();
  private long nextId;

  /** Takes one; whatever of its type came just before it and is not listed yet is forgotten. */
  Happening add(String type, Instant at, String title) {
    Happening happening = new Happening(nextId++, type, at, title);
    fresh.removeIf(
        one ->
            one.type().equals(type)
                && Duration.between(one.at(), at).abs().compareTo(FLEETING) < 0);
    fresh.add(happening);
    if (fresh.size() > MOST) {
      fresh.removeFirst();
    }
    return happening;
  }

  /**
   * What is to be listed from now on.
   *
   * @param listed what has been so far, the oldest first
   * @param from when the first listed segment begins
   */
  List<Happening> next(List<Happening> listed, Instant from) {
    List<Happening> all = new ArrayList<>(listed);
    all.addAll(fresh);
    fresh.clear();
    Set<String> succeeded = new HashSet<>();
    for (int i = all.size() - 1; i >= 0; i--) {
      Happening one = all.get(i);
      if (succeeded.contains(one.type())) {
        all.remove(i);
      } else if (!one.at().isAfter(from)) {
        succeeded.add(one.type());
      }
    }
    while (all.size() > MOST) {
      all.remove(oldestWithSuccessor(all));
    }
    return List.copyOf(all);
  }

  /** What goes on still is told, however long ago it began. */
  private static int oldestWithSuccessor(List<Happening> all) {
    for (int i = 0; i < all.size(); i++) {
      String type = all.get(i).type();
      if (all.subList(i + 1, all.size()).stream().anyMatch(one -> one.type().equals(type))) {
        return i;
      }
    }
    return 0;
  }
}
