package dev.amphi.interactive.transport.port;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The addresses of this machine that media may come to. */
final class LocalAddresses {
  private LocalAddresses() {}

  /**
   * All of the machine's own addresses but link-local ones and IPv6 loopback: IPv4 before IPv6,
   * loopback last.
   */
  static List<InetAddress> all() throws SocketException {
    List<InetAddress> found = new ArrayList<>();
    for (NetworkInterface device : NetworkInterface.networkInterfaces().toList()) {
      if (device.isUp()) {
        device.inetAddresses().filter(LocalAddresses::wanted).forEach(found::add);
      }
    }
    found.sort(
        Comparator.<InetAddress, Boolean>comparing(InetAddress::isLoopbackAddress)
            .thenComparing(address -> !(address instanceof Inet4Address)));
    return found;
  }

  /** What to open the port on, when answers are to tell these addresses. */
  static List<InetAddress> bound(List<InetAddress> told) throws SocketException {
    for (InetAddress address : told) {
      if (NetworkInterface.getByInetAddress(address) == null) {
        return all();
      }
    }
    return told.isEmpty() ? all() : told;
  }

  private static boolean wanted(InetAddress address) {
    return !address.isLinkLocalAddress()
        && !address.isMulticastAddress()
        && !address.isAnyLocalAddress()
        && (!address.isLoopbackAddress() || address instanceof Inet4Address);
  }
}
