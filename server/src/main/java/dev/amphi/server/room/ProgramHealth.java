package dev.amphi.server.room;

import dev.amphi.composer.api.Shed;
import dev.amphi.interactive.api.ProgramNotice;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a class's program does on this node.
 *
 * @param shed what it goes without
 * @param lateMillis how far its pictures were behind the clock in the last second, at most
 * @param restarts how often its process died or hung
 * @param quarantined the sources whose media are not decoded any more
 * @param restsUntilNanos the sources whose pictures rest, or did, because they cost too much, and
 *     until when
 */
public record ProgramHealth(
    Shed shed,
    long lateMillis,
    int restarts,
    Set<String> quarantined,
    Map<String, Long> restsUntilNanos) {
  /** A program that has just begun. */
  static final ProgramHealth GOOD = new ProgramHealth(Shed.NOTHING, 0, 0, Set.of());

  /**
   * Who rests again within this time has not been back: first comes its key frame, then it is seen
   * that it still costs too much.
   */
  private static final long BACK_NANOS = 5_000_000_000L;

  /** Takes copies. */
  public ProgramHealth {
    quarantined = Set.copyOf(quarantined);
    restsUntilNanos = Map.copyOf(restsUntilNanos);
  }

  /** Nobody rests. */
  ProgramHealth(Shed shed, long lateMillis, int restarts, Set<String> quarantined) {
    this(shed, lateMillis, restarts, quarantined, Map.of());
  }

  /** What those who run the class are told of it. */
  ProgramNotice notice(long nowNanos) {
    return new ProgramNotice(
        shed == Shed.NOTHING ? "" : shed.name().toLowerCase(Locale.ROOT),
        quarantined.stream().sorted().toList(),
        resting(nowNanos),
        restarts);
  }

  private List<String> resting(long nowNanos) {
    return restsUntilNanos.entrySet().stream()
        .filter(entry -> !quarantined.contains(entry.getKey()))
        .filter(entry -> nowNanos - entry.getValue() < BACK_NANOS)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /** The next process begins with all sources. */
  ProgramHealth restarted() {
    return new ProgramHealth(shed, lateMillis, restarts + 1, quarantined);
  }

  ProgramHealth loaded(Shed now, long millis) {
    return new ProgramHealth(now, millis, restarts, quarantined, restsUntilNanos);
  }

  ProgramHealth resting(String sourceId, long untilNanos, long nowNanos) {
    Map<String, Long> rests = new HashMap<>(restsUntilNanos);
    rests.values().removeIf(until -> nowNanos - until >= BACK_NANOS);
    rests.put(sourceId, untilNanos);
    return new ProgramHealth(shed, lateMillis, restarts, quarantined, rests);
  }

  ProgramHealth without(String sourceId) {
    Set<String> all = new TreeSet<>(quarantined);
    all.add(sourceId);
    return new ProgramHealth(shed, lateMillis, restarts, all, restsUntilNanos);
  }

  ProgramHealth released(String sourceId) {
    if (!quarantined.contains(sourceId)) {
      return this;
    }
    Set<String> others = new TreeSet<>(quarantined);
    others.remove(sourceId);
    return new ProgramHealth(shed, lateMillis, restarts, others, restsUntilNanos);
  }
}
