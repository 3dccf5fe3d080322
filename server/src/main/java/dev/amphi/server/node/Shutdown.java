package dev.amphi.server.node;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** What has to be stopped, in the reverse order of its start; one that fails stops no other. */
final class Shutdown implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Shutdown.class.getName());
  private static final int PATIENCE_SECONDS = 10;

  private record Step(String what, AutoCloseable part) {}

  private final Deque<Step> steps = new ArrayDeque<>();

  /** A part that was started just now. */
  void add(String what, AutoCloseable part) {
    steps.push(new Step(what, part));
  }

  /** A part that is stopped when a future completes. */
  static void await(CompletableFuture<?> stopped) {
    stopped.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    while (!steps.isEmpty()) {
      Step step = steps.pop();
      try {
        step.part().close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (CompletionException e) {
        LOG.log(System.Logger.Level.WARNING, "{0} did not stop in time: {1}", step.what(), e);
      } catch (Exception e) {
        LOG.log(System.Logger.Level.WARNING, step.what() + " did not stop well", e);
      }
    }
  }
}
