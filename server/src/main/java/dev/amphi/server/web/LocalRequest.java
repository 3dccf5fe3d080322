package dev.amphi.server.web;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether whoever sits at this machine sent a request, not a proxy and not a foreign page. */
final class LocalRequest {
  private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

  private LocalRequest() {}

  static boolean is(HttpServerRequest request) {
    HostAndPort host = request.authority();
    return isLoopback(request.remoteAddress().hostAddress())
        && host != null
        // A foreign name that resolves to loopback is DNS rebinding.
        && NAMES.contains(host.host())
        && sameOrigin(request.getHeader("Origin"), host)
        && request.getHeader("Forwarded") == null
        && request.getHeader("X-Forwarded-For") == null
        && request.getHeader("Via") == null;
  }

  private static boolean isLoopback(@Nullable String address) {
    try {
      return address != null && InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static boolean sameOrigin(@Nullable String origin, HostAndPort host) {
    if (origin == null) {
      return true;
    }
    try {
      URI page = URI.create(origin);
      return NAMES.contains(String.valueOf(page.getHost())) && page.getPort() == host.port();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
