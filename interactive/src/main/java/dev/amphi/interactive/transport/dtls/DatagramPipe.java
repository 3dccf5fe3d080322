package dev.amphi.interactive.transport.dtls;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.DatagramTransport;

/**
 * What Bouncy Castle takes for a socket: a bounded queue of datagrams that the guard admitted, and
 * a way out. Filled by the transport's loop, emptied by the handshake's thread.
 */
final class DatagramPipe implements DatagramTransport {
  /** A burst of application data; a datagram beyond is dropped and comes again. */
  static final int QUEUE_DATAGRAMS = 128;

  /** Below every path's MTU, with room for a TURN header. */
  private static final int SEND_LIMIT = 1_200;

  private static final int RECEIVE_LIMIT = 1_500;
  private static final byte[] WAKE = new byte[0];

  private final BlockingQueue<byte[]> incoming = new ArrayBlockingQueue<>(QUEUE_DATAGRAMS);
  private final DtlsSession.Output output;
  private final Duration limit;
  private volatile boolean closed;

  /** Nanoseconds of the monotonic clock; the handshake is over by then. */
  private volatile long deadlineNanos;

  DatagramPipe(DtlsSession.Output output, Duration limit, long nowNanos) {
    this.output = output;
    this.limit = limit;
    this.deadlineNanos = nowNanos + limit.toNanos();
  }

  boolean offer(byte[] buffer, int offset, int length) {
    return incoming.offer(Arrays.copyOfRange(buffer, offset, offset + length));
  }

  /** The time limit runs from here. */
  void handshakeBegins(long nowNanos) {
    deadlineNanos = nowNanos + limit.toNanos();
  }

  void handshakeDone() {
    deadlineNanos = Long.MAX_VALUE;
  }

  boolean closed() {
    return closed;
  }

  @Override
  public int receive(byte[] into, int offset, int length, int waitMillis) throws IOException {
    if (closed) {
      throw new IOException("closed");
    }
    byte[] datagram;
    try {
      datagram = incoming.poll(waitWithin(waitMillis), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    if (datagram == null || datagram.length == 0) {
      return -1;
    }
    int count = Math.min(length, datagram.length);
    System.arraycopy(datagram, 0, into, offset, count);
    return count;
  }

  private long waitWithin(int waitMillis) throws IOException {
    long wait = TimeUnit.MILLISECONDS.toNanos(waitMillis);
    if (deadlineNanos == Long.MAX_VALUE) {
      return wait;
    }
    long left = deadlineNanos - System.nanoTime();
    if (left <= 0) {
      throw new IOException("the handshake took more than " + limit.toMillis() + " ms");
    }
    return Math.min(wait, left);
  }

  @Override
  public void send(byte[] buffer, int offset, int length) {
    output.send(buffer, offset, length);
  }

  @Override
  public int getReceiveLimit() {
    return RECEIVE_LIMIT;
  }

  @Override
  public int getSendLimit() {
    return SEND_LIMIT;
  }

  /** Ends the wait of the thread that reads; nothing is lost when the queue is full. */
  @Override
  public void close() {
    closed = true;
    incoming.offer(WAKE);
  }
}
