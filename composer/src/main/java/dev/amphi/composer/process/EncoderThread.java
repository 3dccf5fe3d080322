package dev.amphi.composer.process;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * One thread for one encoder. Behind it waits a queue of four pictures; who brings a fifth waits
 * too, so that a late encoder slows the program's thread down instead of leaving frames out.
 */
final class EncoderThread implements Executor {
  private static final int WAITING = 4;

  private final ThreadPoolExecutor executor;

  EncoderThread(String renditionId) {
    executor =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            task -> Thread.ofPlatform().daemon().name("encode-" + renditionId).unstarted(task),
            EncoderThread::waitForRoom);
  }

  private static void waitForRoom(Runnable task, ThreadPoolExecutor executor) {
    try {
      executor.getQueue().put(task);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RejectedExecutionException("Interrupted while the encoder was busy", e);
    }
  }

  @Override
  public void execute(Runnable task) {
    executor.execute(task);
  }
}
