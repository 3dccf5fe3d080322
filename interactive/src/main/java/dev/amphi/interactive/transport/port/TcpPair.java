package dev.amphi.interactive.transport.port;

import dev.amphi.interactive.transport.ice.AddressPair;
import java.net.InetSocketAddress;

/** A TCP connection that a far side opened (RFC 6544); equal to itself only. */
record TcpPair(TcpConnection connection, InetSocketAddress remote) implements AddressPair {
  @Override
  public boolean tcp() {
    return true;
  }
}
