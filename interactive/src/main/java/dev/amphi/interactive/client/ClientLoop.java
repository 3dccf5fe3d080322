package dev.amphi.interactive.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One thread that runs the clients given to it, and lets each do what is due every 10 ms. */
final class ClientLoop implements Executor, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ClientLoop.class.getName());
  private static final long TICK_MILLIS = 10;

  private final ScheduledExecutorService thread;
  private final List<ClientPeer> peers = new ArrayList<>();

  ClientLoop(int number) {
    thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("rtc-client-" + number).daemon().factory());
    var unused =
        thread.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void tick() {
    long nowNanos = System.nanoTime();
    for (int i = 0; i < peers.size(); i++) {
      ClientPeer peer = peers.get(i);
      run(() -> peer.poll(nowNanos));
    }
  }

  /** On this loop. */
  void add(ClientPeer peer) {
    peers.add(peer);
  }

  /** On this loop. */
  void remove(ClientPeer peer) {
    peers.remove(peer);
  }

  @Override
  public void execute(Runnable task) {
    try {
      thread.execute(() -> run(task));
    } catch (RejectedExecutionException closed) {
      LOG.log(System.Logger.Level.DEBUG, "a task came after the loop was closed");
    }
  }

  /** One client's mistake must not be silent, nor stop the others. */
  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "a client's task failed", e);
    }
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}
