package dev.amphi.interactive.transport;

import dev.amphi.interactive.transport.port.MediaLoop;
import java.net.SocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The bounded hand-over of one transport's datagrams from the threads that read them to its loop;
 * what that loop read itself is handled at once. When the loop is late the newest is dropped and
 * counted: the far side sends again what matters. One task on the loop empties it, however many
 * came.
 */
final class Inbox {
  /** What one simulcast sender sends in about a quarter of a second. */
  static final int CAPACITY = 256;

  /** After so many the loop is given back to the room's other participants. */
  private static final int BURST = 64;

  private static final System.Logger LOG = System.getLogger(Inbox.class.getName());

  private final Executor loop;
  private final @Nullable MediaLoop home;
  private final BufferPool pool;
  private final Consumer consumer;
  private final Runnable drain = this::drain;
  private final @Nullable Datagram[] ring = new @Nullable Datagram[CAPACITY];
  private int head;
  private int size;
  private final AtomicLong oversize = new AtomicLong();
  private boolean scheduled;
  private boolean closed;
  private long dropped;
  private long failed;

  /** Takes the datagrams on the loop; they are back in the pool after the call. */
  interface Consumer {
    void accept(Datagram datagram);
  }

  /**
   * @param home the loop that {@code loop}'s tasks run on, where it is one that reads datagrams
   */
  Inbox(Executor loop, @Nullable MediaLoop home, BufferPool pool, Consumer consumer) {
    this.loop = loop;
    this.home = home;
    this.pool = pool;
    this.consumer = consumer;
  }

  /** Copies a datagram in, unless it is longer than anybody may send; any thread. */
  void offer(byte[] bytes, int offset, int length, SocketAddress source, long nowNanos) {
    if (length > Datagram.MAX_BYTES) {
      oversize.incrementAndGet();
      return;
    }
    Datagram datagram = pool.take();
    datagram.fill(bytes, offset, length, source, nowNanos);
    if (home != null && home.inLoop()) {
      consume(datagram);
      return;
    }
    boolean wake;
    synchronized (this) {
      if (closed || size == CAPACITY) {
        dropped++;
        pool.giveBack(datagram);
        return;
      }
      ring[(head + size++) % CAPACITY] = datagram;
      wake = !scheduled;
      scheduled = true;
    }
    if (wake) {
      loop.execute(drain);
    }
  }

  private void drain() {
    for (int i = 0; i < BURST; i++) {
      Datagram datagram = poll();
      if (datagram == null) {
        return;
      }
      consume(datagram);
    }
    loop.execute(drain);
  }

  private void consume(Datagram datagram) {
    try {
      consumer.accept(datagram);
    } catch (RuntimeException e) {
      // One datagram must not stop those behind it.
      failed(e);
    } finally {
      pool.giveBack(datagram);
    }
  }

  /** Counts it as dropped; tells of the first, the second, the fourth and so on. */
  private void failed(RuntimeException e) {
    long count;
    synchronized (this) {
      dropped++;
      count = ++failed;
    }
    if (Long.bitCount(count) == 1) {
      LOG.log(System.Logger.Level.ERROR, "a datagram failed, " + count + " so far", e);
    }
  }

  private synchronized @Nullable Datagram poll() {
    if (size == 0) {
      scheduled = false;
      return null;
    }
    Datagram datagram = ring[head];
    ring[head] = null;
    head = (head + 1) % CAPACITY;
    size--;
    return datagram;
  }

  /** Takes nothing more and lets go of what is in it. */
  synchronized void close() {
    closed = true;
    while (size > 0) {
      Datagram datagram = poll();
      if (datagram != null) {
        pool.giveBack(datagram);
      }
    }
  }

  /** Datagrams that found no room, or whose handling failed. */
  synchronized long dropped() {
    return dropped;
  }

  /** Datagrams longer than anybody may send. */
  long oversize() {
    return oversize.get();
  }
}
