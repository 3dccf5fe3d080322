package dev.amphi.interactive.web;

import dev.amphi.interactive.room.RoomClock;
import java.time.Instant;

/** This machine's clocks. */
final class SystemClock implements RoomClock {
  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public Instant now() {
    return Instant.now();
  }
}
