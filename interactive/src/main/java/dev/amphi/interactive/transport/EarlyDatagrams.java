package dev.amphi.interactive.transport;

import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;

/**
 * DTLS that came before ICE had validated its source: a client that saw its own check answered
 * sends a ClientHello at once, while our check is still on its way. Bounded; what does not fit is
 * dropped, and DTLS sends it again a moment later.
 */
final class EarlyDatagrams {
  private static final int KEPT = 8;

  private final Deque<Early> waiting = new ArrayDeque<>();

  private static final class Early {
    final SocketAddress source;
    final byte[] bytes;

    Early(SocketAddress source, byte[] bytes) {
      this.source = source;
      this.bytes = bytes;
    }
  }

  /** Takes the datagrams that are let go. */
  interface Taker {
    void take(byte[] bytes, int length);
  }

  /** Keeps a copy; false when there are enough. */
  boolean keep(Datagram datagram) {
    if (waiting.size() == KEPT) {
      return false;
    }
    waiting.add(new Early(datagram.source, Arrays.copyOf(datagram.bytes, datagram.length)));
    return true;
  }

  /** Hands over, in order, what came from a source that is now known. */
  void release(SocketAddress source, Taker taker) {
    for (Iterator<Early> all = waiting.iterator(); all.hasNext(); ) {
      Early early = all.next();
      if (early.source.equals(source)) {
        all.remove();
        taker.take(early.bytes, early.bytes.length);
      }
    }
  }

  void clear() {
    waiting.clear();
  }
}
