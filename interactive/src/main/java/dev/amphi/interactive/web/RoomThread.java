package dev.amphi.interactive.web;

import dev.amphi.interactive.room.RoomLoop;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A loop that is one thread by the name of {@code room-loop-n}. */
final class RoomThread implements RoomLoop, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(RoomThread.class.getName());

  private final ScheduledThreadPoolExecutor executor;

  RoomThread(int number) {
    executor =
        new ScheduledThreadPoolExecutor(
            1, task -> Thread.ofPlatform().name("room-loop-" + number).daemon().unstarted(task));
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public void execute(Runnable task) {
    try {
      executor.execute(() -> run(task));
    } catch (RejectedExecutionException closed) {
      LOG.log(System.Logger.Level.DEBUG, "a task came after the loop was closed");
    }
  }

  @Override
  public void schedule(long delayNanos, Runnable task) {
    try {
      Future<?> scheduled = executor.schedule(() -> run(task), delayNanos, TimeUnit.NANOSECONDS);
      if (scheduled.isCancelled()) {
        LOG.log(System.Logger.Level.DEBUG, "the loop was closed meanwhile");
      }
    } catch (RejectedExecutionException closed) {
      LOG.log(System.Logger.Level.DEBUG, "a task came after the loop was closed");
    }
  }

  /** One task's mistake must not be silent, nor stop the loop. */
  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "a task of a room failed", e);
    }
  }

  @Override
  public void close() {
    executor.shutdown();
  }
}
