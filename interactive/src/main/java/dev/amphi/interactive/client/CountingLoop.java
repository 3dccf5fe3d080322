package dev.amphi.interactive.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/** One thread and one selector for the sockets of many {@link CountingClient}s. */
final class CountingLoop implements Executor, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(CountingLoop.class.getName());
  private static final long TICK_MILLIS = 10;
  private static final long TICK_NANOS = TICK_MILLIS * 1_000_000;

  private final Selector selector;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final List<CountingClient> clients = new ArrayList<>();
  private volatile boolean closed;

  CountingLoop(String name) {
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException("No selector could be opened", e);
    }
    Thread.ofPlatform().name(name).daemon().start(this::run);
  }

  Selector selector() {
    return selector;
  }

  /** On this loop. */
  void add(CountingClient client) {
    clients.add(client);
  }

  /** On this loop. */
  void remove(CountingClient client) {
    clients.remove(client);
  }

  /** On this loop. */
  List<CountingClient> clients() {
    return List.copyOf(clients);
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    selector.wakeup();
  }

  private void run() {
    long nextTick = System.nanoTime();
    try (selector) {
      while (!closed) {
        selector.select(CountingLoop::ready, TICK_MILLIS);
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
          guarded(task);
        }
        long nowNanos = System.nanoTime();
        if (nowNanos - nextTick >= 0) {
          nextTick = nowNanos + TICK_NANOS;
          for (int i = 0; i < clients.size(); i++) {
            clients.get(i).poll(nowNanos);
          }
        }
      }
      clients().forEach(client -> guarded(() -> client.end("the loop ends")));
    } catch (IOException e) {
      LOG.log(System.Logger.Level.ERROR, "a counting loop ended", e);
    }
  }

  private static void ready(SelectionKey key) {
    if (key.attachment() instanceof CountingClient client) {
      client.readable();
    }
  }

  /** One client's mistake must not be silent, nor stop the others. */
  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "a counting client's task failed", e);
    }
  }

  @Override
  public void close() {
    closed = true;
    selector.wakeup();
  }
}
