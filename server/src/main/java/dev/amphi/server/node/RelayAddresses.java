package dev.amphi.server.node;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The addresses of the operator's TURN servers, by which the node sees that a path leads over one.
 * Names are looked up in the background; until then nothing is a relay's.
 */
final class RelayAddresses implements Predicate<InetAddress> {
  private static final System.Logger LOG = System.getLogger(RelayAddresses.class.getName());

  /** RFC 7065: {@code turn:host:port?transport=…}. */
  private static final Pattern HOST = Pattern.compile("turns?:(\\[[^]]+]|[^:?]+).*");

  private final Set<String> hosts = new HashSet<>();
  private volatile Set<InetAddress> known = Set.of();

  RelayAddresses(List<String> urls) {
    for (String url : urls) {
      Matcher matcher = HOST.matcher(url);
      if (matcher.matches()) {
        hosts.add(matcher.group(1));
      }
    }
  }

  @Override
  public boolean test(InetAddress address) {
    return known.contains(address);
  }

  /** Looks the names up; blocks. A name that is unknown just now keeps what is known of all. */
  void lookUp() {
    Set<InetAddress> found = new HashSet<>();
    try {
      for (String host : hosts) {
        found.addAll(List.of(InetAddress.getAllByName(host)));
      }
      known = Set.copyOf(found);
    } catch (UnknownHostException e) {
      LOG.log(
          System.Logger.Level.WARNING, "a TURN server's name has no address: " + e.getMessage());
    }
  }
}
