package dev.amphi.server.room;

import dev.amphi.composer.api.Shed;
import dev.amphi.interactive.api.ProgramNotice;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a class's program does on this node.
 *
 * @param shed what it goes without
 * @param lateMillis how far its pictures were behind the clock in the last second, at most
 * @param restarts how often its process died or hung
 * @param quarantined the sources whose media are not decoded any more
 */
public record ProgramHealth(Shed shed, long lateMillis, int restarts, Set<String> quarantined) {
  /** A program that has just begun. */
  static final ProgramHealth GOOD = new ProgramHealth(Shed.NOTHING, 0, 0, Set.of());

  /** Takes a copy of the set. */
  public ProgramHealth {
    quarantined = Set.copyOf(quarantined);
  }

  /** What those who run the class are told of it. */
  ProgramNotice notice() {
    return new ProgramNotice(
        shed == Shed.NOTHING ? "" : shed.name().toLowerCase(Locale.ROOT),
        quarantined.stream().sorted().toList(),
        restarts);
  }

  ProgramHealth restarted() {
    return new ProgramHealth(shed, lateMillis, restarts + 1, quarantined);
  }

  ProgramHealth loaded(Shed now, long millis) {
    return new ProgramHealth(now, millis, restarts, quarantined);
  }

  ProgramHealth without(String sourceId) {
    Set<String> all = new TreeSet<>(quarantined);
    all.add(sourceId);
    return new ProgramHealth(shed, lateMillis, restarts, all);
  }

  ProgramHealth released(String sourceId) {
    if (!quarantined.contains(sourceId)) {
      return this;
    }
    Set<String> others = new TreeSet<>(quarantined);
    others.remove(sourceId);
    return new ProgramHealth(shed, lateMillis, restarts, others);
  }
}
