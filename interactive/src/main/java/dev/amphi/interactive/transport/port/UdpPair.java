package dev.amphi.interactive.transport.port;

import dev.amphi.interactive.transport.ice.AddressPair;
import java.net.InetSocketAddress;

/**
 * A far side's UDP address and the local one that it talks to.
 *
 * @param local the local address' number in {@link MediaPort}
 */
record UdpPair(int local, InetSocketAddress remote) implements AddressPair {
  @Override
  public boolean tcp() {
    return false;
  }
}
