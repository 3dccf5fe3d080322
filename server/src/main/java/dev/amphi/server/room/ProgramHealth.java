package dev.amphi.server.room;

import dev.amphi.composer.api.Shed;
import java.util.Set;

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
}
