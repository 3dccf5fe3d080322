package dev.amphi.interactive.transport.port;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A loop that is one Netty event loop: epoll on Linux, NIO elsewhere. Packets to send gather in
 * their transports' {@link Outbox}es during a task or a burst of datagrams read, and leave at its
 * end, or {@link #HELD_NANOS} after the first of them.
 */
final class NettyLoop implements MediaLoop {
  /** How long a packet waits at most for others of its burst. */
  static final long HELD_NANOS = 500_000L;

  private static final System.Logger LOG = System.getLogger(NettyLoop.class.getName());

  private final int index;
  private final EventLoopGroup group;
  private final EventLoop loop;
  private final List<Outbox> waiting = new ArrayList<>();
  private final List<UdpSocket> touched = new ArrayList<>();

  /** What a datagram is copied into while it is looked at; for this loop's thread only. */
  final byte[] scratch = new byte[UdpSocket.RECEIVED_BYTES];

  private long waitingSinceNanos;

  NettyLoop(int index, String name) {
    this.index = index;
    group =
        new MultiThreadIoEventLoopGroup(
            1,
            (ThreadFactory) task -> new MediaThread(task, name),
            epoll() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    loop = group.next();
    loop.execute(
        () -> {
          if (Thread.currentThread() instanceof MediaThread thread) {
            thread.loop = this;
          }
        });
  }

  static boolean epoll() {
    return Epoll.isAvailable();
  }

  /** The loop on whose thread the caller is, or null. */
  static @Nullable NettyLoop current() {
    return Thread.currentThread() instanceof MediaThread thread ? thread.loop : null;
  }

  int index() {
    return index;
  }

  EventLoop netty() {
    return loop;
  }

  @Override
  public boolean inLoop() {
    return loop.inEventLoop();
  }

  @Override
  public void execute(Runnable task) {
    try {
      loop.execute(() -> run(task));
    } catch (RejectedExecutionException closed) {
      LOG.log(System.Logger.Level.DEBUG, "a task came after the loop was closed");
    }
  }

  @Override
  public void schedule(long delayNanos, Runnable task) {
    try {
      var scheduled = loop.schedule(() -> run(task), delayNanos, TimeUnit.NANOSECONDS);
      if (scheduled.isCancelled()) {
        LOG.log(System.Logger.Level.DEBUG, "the loop was closed meanwhile");
      }
    } catch (RejectedExecutionException closed) {
      LOG.log(System.Logger.Level.DEBUG, "a task came after the loop was closed");
    }
  }

  /** One task's mistake must not be silent, nor stop the loop. */
  private void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "a task of a room failed", e);
    } finally {
      flush();
    }
  }

  /** Has an outbox flushed at the end of the burst. */
  void await(Outbox outbox) {
    if (waiting.isEmpty()) {
      waitingSinceNanos = System.nanoTime();
    }
    waiting.add(outbox);
  }

  /** Has a socket flushed after the outboxes. */
  void touch(UdpSocket socket) {
    touched.add(socket);
  }

  /** Between the datagrams of one burst: nothing may wait longer than {@link #HELD_NANOS}. */
  void flushIfLate(long nowNanos) {
    if (!waiting.isEmpty() && nowNanos - waitingSinceNanos > HELD_NANOS) {
      flush();
    }
  }

  /** Sends what was gathered. */
  void flush() {
    if (waiting.isEmpty()) {
      return;
    }
    for (int i = 0; i < waiting.size(); i++) {
      waiting.get(i).write();
    }
    waiting.clear();
    for (int i = 0; i < touched.size(); i++) {
      touched.get(i).flush();
    }
    touched.clear();
  }

  void close() {
    // The sockets are closed by now; nothing waits for the thread's end.
    var unused = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
