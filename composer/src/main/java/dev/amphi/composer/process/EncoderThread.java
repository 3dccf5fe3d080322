package dev.amphi.composer.process;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** One thread for one encoder. What waits for it is bounded by who brings it: three pictures. */
final class EncoderThread implements Executor {
  private final ThreadPoolExecutor executor;

  EncoderThread(String renditionId) {
    executor =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> Thread.ofPlatform().daemon().name("encode-" + renditionId).unstarted(task));
  }

  @Override
  public void execute(Runnable task) {
    executor.execute(task);
  }
}
