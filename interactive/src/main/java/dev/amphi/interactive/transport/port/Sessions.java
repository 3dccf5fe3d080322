package dev.amphi.interactive.transport.port;

import dev.amphi.interactive.transport.ice.AddressPair;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Whose a datagram is: by the user fragment of a check, else by the address pair that a check
 * proved. Any thread.
 */
final class Sessions {
  private final ConcurrentMap<Long, ServerPath> byFragment = new ConcurrentHashMap<>();
  private final List<ConcurrentMap<InetSocketAddress, ServerPath>> byRemote;

  Sessions(int localAddresses) {
    byRemote =
        IntStream.range(0, localAddresses)
            .<ConcurrentMap<InetSocketAddress, ServerPath>>mapToObj(i -> new ConcurrentHashMap<>())
            .toList();
  }

  /** False when the fragment is taken. */
  boolean add(long fragment, ServerPath path) {
    return byFragment.putIfAbsent(fragment, path) == null;
  }

  void remove(long fragment, ServerPath path) {
    byFragment.remove(fragment, path);
  }

  @Nullable ServerPath byFragment(long fragment) {
    return byFragment.get(fragment);
  }

  /** The newest proof counts: behind a NAT a port is given to somebody else. */
  void add(AddressPair pair, ServerPath path) {
    switch (pair) {
      case UdpPair udp -> byRemote.get(udp.local()).put(udp.remote(), path);
      case TcpPair tcp -> tcp.connection().proved(path);
      default -> throw new IllegalArgumentException("No pair of this port: " + pair);
    }
  }

  void remove(AddressPair pair, ServerPath path) {
    switch (pair) {
      case UdpPair udp -> byRemote.get(udp.local()).remove(udp.remote(), path);
      case TcpPair tcp -> tcp.connection().close();
      default -> throw new IllegalArgumentException("No pair of this port: " + pair);
    }
  }

  @Nullable ServerPath byRemote(int local, InetSocketAddress remote) {
    return byRemote.get(local).get(remote);
  }

  int size() {
    return byFragment.size();
  }
}
