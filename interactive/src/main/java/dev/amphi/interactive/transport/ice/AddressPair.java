package dev.amphi.interactive.transport.ice;

import java.net.InetSocketAddress;

/**
 * A local end and a remote address: the 5-tuple that datagrams come and go by. What the local end
 * is, only the sockets know; two are equal when all of the tuple is.
 */
public interface AddressPair {
  /** Where datagrams come from and go to. */
  InetSocketAddress remote();

  /** Whether a TCP connection carries it (RFC 6544), not UDP. */
  boolean tcp();
}
