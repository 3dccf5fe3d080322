package dev.amphi.interactive.transport.port;

import java.util.concurrent.Executor;

/**
 * A thread that owns rooms and reads and writes their datagrams: runs its tasks one at a time and
 * in order. What transports made on it gathered to send leaves at the end of each task.
 */
public interface MediaLoop extends Executor {
  /** Runs a task on the loop after a delay; lost when the loop is closed before. */
  void schedule(long delayNanos, Runnable task);

  /** Whether the caller runs on this loop. */
  boolean inLoop();
}
