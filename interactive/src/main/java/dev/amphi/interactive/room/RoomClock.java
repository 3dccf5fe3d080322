package dev.amphi.interactive.room;

import java.time.Instant;

/** The two clocks of a room. */
public interface RoomClock {
  /** Monotonic time. */
  long nanos();

  /** Wall-clock time, for people. */
  Instant now();
}
