package dev.amphi.server.push;

import dev.amphi.server.config.AddressRange;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tells addresses of the Internet from those that are somebody's own: whoever may push must not
 * reach what only this machine or its network can (server-side request forgery). By the registries
 * of special-purpose addresses (RFC 6890); what carries an IPv4 address inside counts as special.
 */
final class PublicAddresses {
  private static final List<AddressRange> SPECIAL =
      Stream.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.0.2.0/24",
              "192.88.99.0/24",
              "192.168.0.0/16",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "224.0.0.0/3")
          .map(range -> AddressRange.parse(range).orElseThrow())
          .toList();

  /** Of IPv6 only what is given out for the Internet (RFC 4291 §2.4), and of that not these. */
  private static final AddressRange UNICAST = AddressRange.parse("2000::/3").orElseThrow();

  private static final List<AddressRange> SPECIAL_UNICAST =
      Stream.of("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
          .map(range -> AddressRange.parse(range).orElseThrow())
          .toList();

  private PublicAddresses() {}

  static boolean contains(InetAddress address) {
    return address.getAddress().length == 4
        ? SPECIAL.stream().noneMatch(range -> range.contains(address))
        : UNICAST.contains(address)
            && SPECIAL_UNICAST.stream().noneMatch(range -> range.contains(address));
  }
}
