package dev.amphi.interactive.transport.ice;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The value of an {@code a=candidate} line (RFC 8839 §5.1), for host candidates over UDP. */
public final class IceCandidateLine {
  /** Names, mDNS ones too, are never resolved: only digits, dots, colons and hexadecimal. */
  private static final Pattern LITERAL =
      Pattern.compile("[0-9.]{7,15}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private IceCandidateLine() {}

  /** RFC 8445 §5.1.2.1 for host candidates. */
  private static final long HOST_PREFERENCE = 126L << 24;

  /** RFC 6544 §4.2: below all of UDP. */
  private static final long TCP_PREFERENCE = 90L << 24;

  private static final long PASSIVE_PREFERENCE = 4L << 13;

  /**
   * The lines of the host candidates on one port; the first address is preferred most.
   *
   * @param addresses of one component
   * @param tcp whether the same port takes TCP connections too
   */
  public static List<String> hosts(List<InetAddress> addresses, int port, boolean tcp) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < addresses.size(); i++) {
      long priority = HOST_PREFERENCE | (65_535L - i) << 8 | 255;
      lines.add(host(lines.size() + 1, priority, addresses.get(i), port));
    }
    for (int i = 0; tcp && i < addresses.size(); i++) {
      long priority = TCP_PREFERENCE | (PASSIVE_PREFERENCE + 8_191 - i) << 8 | 255;
      lines.add(
          line(lines.size() + 1, "tcp", priority, addresses.get(i), port) + " tcptype passive");
    }
    return List.copyOf(lines);
  }

  /** The line of a host candidate over UDP. */
  public static String host(int foundation, long priority, InetAddress address, int port) {
    return line(foundation, "udp", priority, address, port);
  }

  private static String line(
      int foundation, String protocol, long priority, InetAddress address, int port) {
    return "candidate:"
        + foundation
        + " 1 "
        + protocol
        + " "
        + priority
        + " "
        + literal(address)
        + " "
        + port
        + " typ host";
  }

  private static String literal(InetAddress address) {
    String literal = address.getHostAddress();
    int scope = literal.indexOf('%');
    return address instanceof Inet6Address && scope >= 0 ? literal.substring(0, scope) : literal;
  }

  /** The address of a candidate that UDP can be sent to; empty for any other. */
  public static Optional<InetSocketAddress> udpAddress(String line) {
    String[] fields = line.strip().split(" +", 8);
    if (fields.length < 8
        || !fields[0].startsWith("candidate:")
        || !fields[1].equals("1")
        || !fields[2].equalsIgnoreCase("udp")
        || !LITERAL.matcher(fields[4]).matches()
        || !fields[5].matches("[0-9]{1,5}")) {
      return Optional.empty();
    }
    int port = Integer.parseInt(fields[5]);
    if (port == 0 || port > 65_535) {
      return Optional.empty();
    }
    try {
      return Optional.of(new InetSocketAddress(InetAddress.getByName(fields[4]), port));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
