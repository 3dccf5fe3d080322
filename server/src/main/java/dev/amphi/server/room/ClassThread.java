package dev.amphi.server.room;

import dev.amphi.interactive.api.Refusal;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * The one thread of a class, {@code class-<room>}: commands and events run on it one after the
 * other, in the order in which they came, and may block. Thread-safe.
 */
final class ClassThread {
  private static final System.Logger LOG = System.getLogger(ClassThread.class.getName());

  private final String roomId;
  private final ExecutorService thread;

  ClassThread(String roomId) {
    this.roomId = roomId;
    this.thread =
        Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("class-" + roomId + "-", 0).factory());
  }

  /**
   * Runs what somebody waits for.
   *
   * @return what the work gave, or a {@link Refusal}: the work's own, {@code unavailable} for any
   *     other failure, {@code unknown_room} when the thread was closed, maybe while somebody asked
   */
  <T> CompletableFuture<T> command(Callable<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    if (!taken(() -> run(work, result))) {
      result.completeExceptionally(
          new Refusal(404, "unknown_room", "The class '" + roomId + "' is closed."));
    }
    return result;
  }

  private <T> void run(Callable<T> work, CompletableFuture<T> result) {
    try {
      result.complete(work.call());
    } catch (Refusal e) {
      result.completeExceptionally(e);
    } catch (Exception e) {
      LOG.log(System.Logger.Level.ERROR, "room=" + roomId + " command failed", e);
      Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
      result.completeExceptionally(
          new Refusal(503, "unavailable", String.valueOf(cause.getMessage())));
    }
  }

  /** Runs what nobody waits for; nothing when the thread was closed. */
  void event(Runnable work) {
    if (!taken(work)) {
      LOG.log(System.Logger.Level.DEBUG, "room={0} is closed: an event was late", roomId);
    }
  }

  private boolean taken(Runnable work) {
    try {
      thread.execute(work);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  /** What was taken still runs, and nothing after it. */
  void close() {
    thread.shutdown();
  }
}
