package dev.amphi.interactive.transport.port;

import java.net.InetAddress;
import java.util.List;

/**
 * How the media port is opened.
 *
 * @param port UDP and TCP; 0 for any that is free
 * @param addresses what answers tell, the most preferred first; empty for all of this machine's but
 *     link-local ones. When each is this machine's own, the port is open on these alone; with one
 *     that is not (a NAT's public address) it is open on all
 * @param tcp whether ICE-TCP is served beside UDP
 * @param loops how many threads read the port and own rooms
 */
public record MediaPortConfig(int port, List<InetAddress> addresses, boolean tcp, int loops) {
  public MediaPortConfig {
    addresses = List.copyOf(addresses);
  }

  /** All addresses, UDP and TCP, and loops for this machine. */
  public static MediaPortConfig onPort(int port) {
    return new MediaPortConfig(port, List.of(), true, MediaLoops.suitable());
  }
}
