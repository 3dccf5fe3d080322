package dev.amphi.server.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** One thread that some peers are confined to, and that polls them. */
final class MediaLoop implements AutoCloseable {
  private static final long POLL_MILLIS = 5;

  private final ScheduledThreadPoolExecutor thread;
  private final List<StagePeer> peers = new ArrayList<>();

  MediaLoop(int index) {
    thread =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("media-loop-" + index).factory());
    var polling =
        thread.scheduleAtFixedRate(this::poll, POLL_MILLIS, POLL_MILLIS, TimeUnit.MILLISECONDS);
    // The task runs until the loop is closed, which cancels it.
    thread.setContinueExistingPeriodicTasksAfterShutdownPolicy(polling.isDone());
  }

  /** Runs tasks one at a time and in order. */
  void execute(Runnable task) {
    thread.execute(task);
  }

  /** To be called on the loop. */
  void add(StagePeer peer) {
    peers.add(peer);
  }

  /** To be called on the loop. */
  void remove(StagePeer peer) {
    peers.remove(peer);
  }

  private void poll() {
    long now = System.nanoTime();
    for (int i = 0; i < peers.size(); i++) {
      peers.get(i).poll(now);
    }
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}
