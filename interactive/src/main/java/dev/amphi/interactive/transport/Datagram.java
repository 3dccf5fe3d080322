package dev.amphi.interactive.transport;

import dev.amphi.interactive.transport.ice.IcePath;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** One received datagram on its way from a reader thread to a room's loop; pooled. */
final class Datagram {
  /** What we take; larger ones are no media and no handshake. */
  static final int MAX_BYTES = IcePath.MAX_DATAGRAM_BYTES;

  private static final SocketAddress NOWHERE = new InetSocketAddress(0);

  final byte[] bytes = new byte[MAX_BYTES + Transport.TAIL_ROOM];
  int length;
  long arrivalNanos;
  SocketAddress source = NOWHERE;

  void fill(byte[] from, int offset, int count, SocketAddress newSource, long nowNanos) {
    System.arraycopy(from, offset, bytes, 0, count);
    length = count;
    source = newSource;
    arrivalNanos = nowNanos;
  }
}
