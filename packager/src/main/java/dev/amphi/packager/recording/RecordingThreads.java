package dev.amphi.packager.recording;

import dev.amphi.packager.api.RecordingRefused;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The archive's threads, and work that answers later. */
final class RecordingThreads {
  private static final System.Logger LOG = System.getLogger(RecordingThreads.class.getName());

  private RecordingThreads() {}

  /** One daemon thread, and a queue before it. */
  static ExecutorService single(String name, int waiting) {
    return new ThreadPoolExecutor(
        1,
        1,
        0,
        TimeUnit.SECONDS,
        waiting == Integer.MAX_VALUE
            ? new LinkedBlockingQueue<>()
            : new ArrayBlockingQueue<>(waiting),
        task -> Thread.ofPlatform().name(name).daemon().unstarted(task));
  }

  /** Does work on a thread; what fails is told in words for people. */
  static <T> CompletionStage<T> on(ExecutorService thread, Callable<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      thread.execute(() -> complete(result, work));
    } catch (RejectedExecutionException e) {
      result.completeExceptionally(
          unavailable("The node has too much of this to do: try again later."));
    }
    return result;
  }

  private static <T> void complete(CompletableFuture<T> result, Callable<T> work) {
    try {
      result.complete(work.call());
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "a recording cannot be read or changed", e);
      result.completeExceptionally(
          unavailable("The recording cannot be read or changed now: " + Reason.of(e) + "."));
    } catch (Exception e) {
      result.completeExceptionally(e);
    }
  }

  private static RecordingRefused unavailable(String sentence) {
    return new RecordingRefused(RecordingRefused.Reason.UNAVAILABLE, sentence);
  }
}
