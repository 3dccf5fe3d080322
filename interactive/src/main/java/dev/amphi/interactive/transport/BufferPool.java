package dev.amphi.interactive.transport;

import org.jspecify.annotations.Nullable;

/**
 * The datagrams that are free. A reader thread takes one, the transport's loop gives it back after
 * the listener's call. Bounded: what comes back beyond is left to the collector.
 */
final class BufferPool {
  private final @Nullable Datagram[] free;
  private int count;

  BufferPool(int kept) {
    free = new @Nullable Datagram[kept];
  }

  synchronized Datagram take() {
    if (count > 0) {
      Datagram datagram = free[--count];
      free[count] = null;
      if (datagram != null) {
        return datagram;
      }
    }
    return new Datagram();
  }

  synchronized void giveBack(Datagram datagram) {
    if (count < free.length) {
      free[count++] = datagram;
    }
  }
}
