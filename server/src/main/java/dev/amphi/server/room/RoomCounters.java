package dev.amphi.server.room;

import dev.amphi.composer.api.Shed;

/** What happens in rooms, counted for the operator. Thread-safe and never blocking. */
public interface RoomCounters {
  /** A coded frame went from the stage to a composition. */
  void frameForwarded();

  /** A composer process died or hung and was started again. */
  void composerRestarted();

  /**
   * How a program does on its machine; told once a second and when something changes.
   *
   * @param lateMillis how far its pictures were behind the clock
   */
  default void programLoad(Shed shed, long lateMillis) {}

  /** A track made the composer crash again and again and is not decoded any more. */
  default void quarantined(String roomId, String trackId) {}

  /** How loud a program is since it began, in LUFS; told once a second. */
  void programLoudness(double lufs);
}
