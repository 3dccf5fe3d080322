package dev.amphi.interactive.web;

import dev.amphi.interactive.api.Refusal;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Holds back an address that posts offers without end. A whole school may come from one address,
 * and a viewer through another node from that node's. The node may say in the routing context's
 * data, as {@code amphi.client}, which address a request counts for; else it is the peer's.
 */
final class PostLimit {
  private static final long WINDOW_NANOS = 10_000_000_000L;
  private static final int MAX_ADDRESSES = 10_000;

  private final int burst;
  private final String what;

  /**
   * @param burst how many are let through in 10 seconds
   * @param what what they are, for people
   */
  PostLimit(int burst, String what) {
    this.burst = burst;
    this.what = what;
  }

  private record Window(long startNanos, int posts) {}

  private final Map<String, Window> byAddress =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
          return size() > MAX_ADDRESSES;
        }
      };

  /** Refuses with 429 what is beyond the limit. */
  void check(RoutingContext context) throws Refusal {
    String counted = context.get("amphi.client");
    SocketAddress peer = context.request().remoteAddress();
    check(counted != null ? counted : peer == null ? "" : String.valueOf(peer.hostAddress()));
  }

  private synchronized void check(String host) throws Refusal {
    long now = System.nanoTime();
    Window window = byAddress.get(host);
    if (window == null || now - window.startNanos > WINDOW_NANOS) {
      window = new Window(now, 0);
    }
    byAddress.put(host, new Window(window.startNanos, window.posts + 1));
    if (window.posts >= burst) {
      throw new Refusal(
          429, "too_many", "More than " + burst + " " + what + " in 10 seconds: wait a little.");
    }
  }
}
