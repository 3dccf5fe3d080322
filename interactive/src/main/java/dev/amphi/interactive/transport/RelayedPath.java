package dev.amphi.interactive.transport;

import dev.amphi.interactive.transport.ice.AddressPair;
import dev.amphi.interactive.transport.ice.IceCandidateLine;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Predicate;

/** Tells whether a pair leads over a TURN relay, of which the node sees an address only. */
final class RelayedPath {
  private RelayedPath() {}

  /**
   * @param relays knows the addresses of the operator's relays
   * @param candidates of the far side, as far as it told them; {@code typ relay} says it plainly
   */
  static boolean is(AddressPair pair, Predicate<InetAddress> relays, List<String> candidates) {
    InetSocketAddress remote = pair.remote();
    for (String line : candidates) {
      if (line.contains(" typ relay")
          && IceCandidateLine.udpAddress(line).filter(remote::equals).isPresent()) {
        return true;
      }
    }
    // On one machine everybody has the relay's address.
    return !remote.getAddress().isLoopbackAddress() && relays.test(remote.getAddress());
  }
}
