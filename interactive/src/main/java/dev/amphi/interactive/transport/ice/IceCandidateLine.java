package dev.amphi.interactive.transport.ice;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** The value of an {@code a=candidate} line (RFC 8839 §5.1), for host candidates over UDP. */
public final class IceCandidateLine {
  /** Names, mDNS ones too, are never resolved: only digits, dots, colons and hexadecimal. */
  private static final Pattern LITERAL =
      Pattern.compile("[0-9.]{7,15}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private IceCandidateLine() {}

  /** The line of a host candidate. */
  public static String host(int foundation, long priority, InetAddress address, int port) {
    String literal = address.getHostAddress();
    int scope = literal.indexOf('%');
    if (address instanceof Inet6Address && scope >= 0) {
      literal = literal.substring(0, scope);
    }
    return "candidate:"
        + foundation
        + " 1 udp "
        + priority
        + " "
        + literal
        + " "
        + port
        + " typ host";
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
