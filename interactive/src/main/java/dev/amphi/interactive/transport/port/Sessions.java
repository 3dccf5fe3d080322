package dev.amphi.interactive.transport.port;

import dev.amphi.interactive.transport.ice.AddressPair;
import dev.amphi.interactive.transport.ice.IceCredentials;
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
  /**
   * So long after it was last heard of a session keeps its address: a participant may send checks
   * of its own in another's name.
   */
  static final long HELD_NANOS = 5_000_000_000L;

  private final ConcurrentMap<Long, ServerPath> byFragment = new ConcurrentHashMap<>();
  private final List<ConcurrentMap<InetSocketAddress, Owner>> byRemote;

  private record Owner(ServerPath path, long heardNanos) {
    boolean yieldsTo(Owner later) {
      return path == later.path || later.heardNanos - heardNanos > HELD_NANOS;
    }
  }

  Sessions(int localAddresses) {
    byRemote =
        IntStream.range(0, localAddresses)
            .<ConcurrentMap<InetSocketAddress, Owner>>mapToObj(i -> new ConcurrentHashMap<>())
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

  /** Whose fragment a check names; null for anything else. */
  @Nullable ServerPath byCheck(byte[] message, int length) {
    long fragment = IceCredentials.keyOf(message, length);
    return fragment == 0 ? null : byFragment(fragment);
  }

  /**
   * A proof for a session, by a check or by authenticated media. Behind a NAT a port is given to
   * somebody else: the newest proof counts once the session before has been silent for a while.
   */
  void add(AddressPair pair, ServerPath path, long nowNanos) {
    switch (pair) {
      case UdpPair udp -> add(udp, new Owner(path, nowNanos));
      case TcpPair tcp -> tcp.connection().proved(path);
      default -> throw new IllegalArgumentException("No pair of this port: " + pair);
    }
  }

  private void add(UdpPair pair, Owner owner) {
    byRemote
        .get(pair.local())
        .merge(pair.remote(), owner, (before, after) -> before.yieldsTo(after) ? after : before);
  }

  void remove(AddressPair pair, ServerPath path) {
    switch (pair) {
      case UdpPair udp ->
          byRemote
              .get(udp.local())
              .computeIfPresent(
                  udp.remote(), (remote, owner) -> owner.path() == path ? null : owner);
      case TcpPair tcp -> tcp.connection().close(path);
      default -> throw new IllegalArgumentException("No pair of this port: " + pair);
    }
  }

  @Nullable ServerPath byRemote(int local, InetSocketAddress remote) {
    Owner owner = byRemote.get(local).get(remote);
    return owner == null ? null : owner.path();
  }

  int size() {
    return byFragment.size();
  }
}
