package dev.amphi.server.config;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A range of IP addresses in CIDR notation (RFC 4632, RFC 4291 §2.3).
 *
 * @param network its first address
 * @param bits how many bits all of its addresses share with that
 */
public record AddressRange(InetAddress network, int bits) {
  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
  private static final Pattern V4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

  /** The address that a literal means; nothing is looked up. */
  public static Optional<InetAddress> address(String literal) {
    boolean shaped =
        literal.contains(":") ? V6.matcher(literal).matches() : V4.matcher(literal).matches();
    // InetAddress.getByName would ask the resolver for what is no literal after all, as '.:'.
    byte @Nullable [] bytes = shaped ? NetUtil.createByteArrayFromIpAddressString(literal) : null;
    try {
      return bytes == null ? Optional.empty() : Optional.of(InetAddress.getByAddress(bytes));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("Four or sixteen bytes are an address.", e);
    }
  }

  /** Reads {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or one address alone. */
  public static Optional<AddressRange> parse(String text) {
    int slash = text.indexOf('/');
    Optional<InetAddress> network = address(slash < 0 ? text : text.substring(0, slash));
    if (network.isEmpty()) {
      return Optional.empty();
    }
    int most = network.get().getAddress().length * 8;
    String bits = slash < 0 ? String.valueOf(most) : text.substring(slash + 1);
    return bits.matches("\\d{1,3}") && Integer.parseInt(bits) <= most
        ? Optional.of(new AddressRange(network.get(), Integer.parseInt(bits)))
        : Optional.empty();
  }

  /** Whether an address is in the range. */
  public boolean contains(InetAddress address) {
    byte[] own = network.getAddress();
    byte[] other = address.getAddress();
    if (own.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit & 7);
      if ((own[bit >> 3] & mask) != (other[bit >> 3] & mask)) {
        return false;
      }
    }
    return true;
  }
}
