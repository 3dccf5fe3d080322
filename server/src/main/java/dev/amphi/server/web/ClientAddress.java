package dev.amphi.server.web;

import dev.amphi.server.config.AddressRange;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which address a request counts for. It is the peer's, unless that is a trusted proxy: then it is
 * the right-most address of {@code X-Forwarded-For}, or else of {@code Forwarded} (RFC 7239), that
 * is no trusted proxy itself, because whatever stands left of that one anybody may have written. An
 * IPv6 address counts as its /64, which is what one customer has.
 */
public final class ClientAddress {
  /** Where the modules that count find it: a text in the routing context's data. */
  public static final String KEY = "amphi.client";

  private static final Pattern FOR =
      Pattern.compile("(?i)(?:^|;)\\s*for\\s*=\\s*(\"[^\"]*\"|[^;\\s]*)");

  private static final Pattern PORT = Pattern.compile("^(?:\\[([^\\]]*)\\]|([0-9.]+))(?::\\d+)?$");

  private final List<AddressRange> trusted;

  private ClientAddress(List<AddressRange> trusted) {
    this.trusted = trusted;
  }

  /** Notes each request's address before any other handler looks at it; gives the rule. */
  public static Function<HttpServerRequest, String> mount(
      Router router, List<AddressRange> trusted) {
    ClientAddress rule = new ClientAddress(trusted);
    router
        .route()
        .order(-2_000)
        .handler(
            context -> {
              context.put(KEY, rule.find(context.request()));
              context.next();
            });
    return rule::find;
  }

  private String find(HttpServerRequest request) {
    String peer = String.valueOf(request.remoteAddress().hostAddress());
    return of(peer, request.headers(), trusted);
  }

  /** The noted address of a request. */
  public static String of(RoutingContext context) {
    return String.valueOf(context.<Object>get(KEY));
  }

  /** The rule; {@code peer} is an address, maybe with a zone. */
  static String of(String peer, MultiMap headers, List<AddressRange> trusted) {
    Optional<InetAddress> last = AddressRange.address(peer.split("%", 2)[0]);
    if (last.isEmpty()) {
      return peer;
    }
    InetAddress client = last.get();
    List<String> hops = hops(headers);
    for (int i = hops.size() - 1; i >= 0 && isTrusted(client, trusted); i--) {
      Optional<InetAddress> before = literal(hops.get(i));
      if (before.isEmpty()) {
        break; // As 'unknown': nobody we trust knows more.
      }
      client = before.get();
    }
    return counted(client);
  }

  private static boolean isTrusted(InetAddress address, List<AddressRange> trusted) {
    return trusted.stream().anyMatch(range -> range.contains(address));
  }

  private static List<String> hops(MultiMap headers) {
    List<String> hops = new ArrayList<>();
    for (String line : headers.getAll("X-Forwarded-For")) {
      hops.addAll(Arrays.asList(line.split(",", -1)));
    }
    if (hops.isEmpty()) {
      for (String line : headers.getAll("Forwarded")) {
        for (String element : line.split(",", -1)) {
          Matcher found = FOR.matcher(element);
          hops.add(found.find() ? found.group(1).replace("\"", "") : "");
        }
      }
    }
    return hops;
  }

  /** An address as proxies write it: maybe in brackets, maybe with a port. */
  private static Optional<InetAddress> literal(String hop) {
    String text = hop.strip();
    Matcher found = PORT.matcher(text);
    if (found.matches()) {
      text = found.group(1) != null ? found.group(1) : found.group(2);
    }
    return AddressRange.address(text);
  }

  private static String counted(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length == 4) {
      return address.getHostAddress();
    }
    Arrays.fill(bytes, 8, 16, (byte) 0);
    try {
      return InetAddress.getByAddress(bytes).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("Sixteen bytes are an address.", e);
    }
  }
}
