package dev.amphi.interactive.web;

import dev.amphi.interactive.api.Refusal;
import io.vertx.core.net.SocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds back an address that posts offers without end. A whole school may come from one address,
 * and a viewer through another node from that node's.
 */
final class PostLimit {
  private static final long WINDOW_NANOS = 10_000_000_000L;
  private static final int MAX_ADDRESSES = 10_000;

  private final int burst;

  /**
   * @param burst offers that are let through in 10 seconds
   */
  PostLimit(int burst) {
    this.burst = burst;
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

  synchronized void check(@Nullable SocketAddress address) throws Refusal {
    String host = address == null ? "" : String.valueOf(address.hostAddress());
    long now = System.nanoTime();
    Window window = byAddress.get(host);
    if (window == null || now - window.startNanos > WINDOW_NANOS) {
      window = new Window(now, 0);
    }
    byAddress.put(host, new Window(window.startNanos, window.posts + 1));
    if (window.posts >= burst) {
      throw new Refusal(
          429, "too_many", "More than " + burst + " offers in 10 seconds: wait a little.");
    }
  }
}
