package dev.amphi.composer.load;

import java.util.HashMap;
import java.util.Map;

/**
 * What programs are believed to take of the machine while another one chooses its ladder: what each
 * one's ladder costs counts from the moment it was chosen, so that of classes that open together,
 * as after a restart, the second sees the first. Once a program has run for half a minute, in which
 * it may well have shown nothing but a slate, what was measured of it counts. Pure, for one caller
 * at a time.
 */
public final class Reservations {
  /** Whoever has chosen and does not start by then has gone elsewhere. */
  private static final long LAPSED_NANOS = 20_000_000_000L;

  private static final long SETTLED_NANOS = 30_000_000_000L;

  private record Reserved(double cost, long sinceNanos, boolean runs) {}

  private final Map<String, Reserved> rooms = new HashMap<>();

  /**
   * A room has chosen.
   *
   * @param cost of its ladder, in processors
   */
  public void chose(String roomId, double cost, long nowNanos) {
    rooms.put(roomId, new Reserved(cost, nowNanos, false));
  }

  /** The room's program begins. */
  public void started(String roomId, long nowNanos) {
    rooms.computeIfPresent(roomId, (id, before) -> new Reserved(before.cost(), nowNanos, true));
  }

  /** The room's program is over, or was refused. */
  public void left(String roomId) {
    rooms.remove(roomId);
  }

  /** Whether a program other than that room's runs or is about to. */
  public boolean any(String roomId, long nowNanos) {
    rooms.values().removeIf(room -> !room.runs() && nowNanos - room.sinceNanos() > LAPSED_NANOS);
    return rooms.keySet().stream().anyMatch(id -> !id.equals(roomId));
  }

  /**
   * Processors that the programs take, but for that room's.
   *
   * @param measured what each room's was seen to take of late, where it was
   */
  public double taken(String roomId, Map<String, Double> measured, long nowNanos) {
    double taken = 0;
    for (Map.Entry<String, Reserved> entry : rooms.entrySet()) {
      if (!entry.getKey().equals(roomId)) {
        Reserved reserved = entry.getValue();
        double seen = measured.getOrDefault(entry.getKey(), -1.0);
        boolean settled = reserved.runs() && nowNanos - reserved.sinceNanos() > SETTLED_NANOS;
        taken += settled && seen >= 0 ? seen : Math.max(seen, reserved.cost());
      }
    }
    return taken;
  }
}
