package dev.amphi.server.room;

/** What happens in rooms, counted for the operator. Thread-safe and never blocking. */
public interface RoomCounters {
  /** A coded frame went from the stage to a composition. */
  void frameForwarded();

  /** A composer process died or hung and was started again. */
  void composerRestarted();

  /** How loud a program is since it began, in LUFS; told once a second. */
  void programLoudness(double lufs);
}
