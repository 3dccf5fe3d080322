package dev.amphi.interactive.room;

import java.util.concurrent.Executor;

/** The one thread that owns a room: runs its tasks one at a time and in order. */
public interface RoomLoop extends Executor {
  /** Runs a task on the loop after a delay; lost when the loop is closed before. */
  void schedule(long delayNanos, Runnable task);
}
