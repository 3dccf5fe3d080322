package dev.amphi.interactive.web;

import dev.amphi.interactive.room.RoomLoop;
import dev.amphi.interactive.transport.port.MediaLoop;

/** A room's loop that is one of the threads that read the media port. */
record RoomThread(MediaLoop loop) implements RoomLoop {
  @Override
  public void execute(Runnable task) {
    loop.execute(task);
  }

  @Override
  public void schedule(long delayNanos, Runnable task) {
    loop.schedule(delayNanos, task);
  }
}
