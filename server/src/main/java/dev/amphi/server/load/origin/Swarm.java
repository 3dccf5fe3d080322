package dev.amphi.server.load.origin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Thousands of HTTP/1.1 connections on one thread, as cheap as Java allows: on a machine that runs
 * the server too, what the client costs is lost for the measurement.
 */
final class Swarm implements AutoCloseable {
  private static final int SCRATCH = 1 << 20;

  private final InetSocketAddress server;
  private final Selector selector;
  private final Thread thread;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final List<Line> lines = new ArrayList<>();
  private volatile boolean closed;

  Swarm(InetSocketAddress server) throws IOException {
    this.server = server;
    this.selector = Selector.open();
    this.thread = Thread.ofPlatform().daemon().name("swarm").start(this::loop);
  }

  /** Does something on the swarm's thread. */
  void execute(Runnable task) {
    tasks.add(task);
    selector.wakeup();
  }

  /** The same, and waits for its end. */
  void await(Runnable task) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    execute(
        () -> {
          task.run();
          done.complete(null);
        });
    done.join();
  }

  /** Begins a connection; on the swarm's thread. */
  Line open(Line.Listener listener) {
    try {
      SocketChannel channel = SocketChannel.open();
      channel.configureBlocking(false);
      channel.setOption(java.net.StandardSocketOptions.TCP_NODELAY, true);
      Line line = new Line(channel, channel.register(selector, SelectionKey.OP_CONNECT), listener);
      lines.add(line);
      connect(channel, line);
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void connect(SocketChannel channel, Line line) {
    try {
      channel.connect(server);
    } catch (IOException e) {
      tasks.add(line::fail);
    }
  }

  private void loop() {
    ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH);
    try (selector) {
      while (!closed) {
        selector.select(
            key -> ((Line) key.attachment()).ready(scratch), tasks.isEmpty() ? 1_000 : 1);
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
          task.run();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      lines.forEach(Line::close);
    }
  }

  @Override
  public void close() {
    closed = true;
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
