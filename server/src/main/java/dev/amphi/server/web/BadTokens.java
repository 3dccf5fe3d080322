package dev.amphi.server.web;

import dev.amphi.interactive.api.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells an address that tries tokens without end to wait; who has a good one there is not asked.
 * Thread-safe.
 */
final class BadTokens {
  private static final long WINDOW_NANOS = 10_000_000_000L;
  private static final int MOST_ADDRESSES = 10_000;

  /** A whole school may come with links of last week. */
  static final int MOST = 300;

  private record Window(long startNanos, int bad) {}

  private final Map<String, Window> byAddress =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
          return size() > MOST_ADDRESSES;
        }
      };

  /** Refuses with 429 an address that sent too many bad tokens within the last 10 seconds. */
  synchronized void check(String address, long nowNanos) throws Refusal {
    Window window = byAddress.get(address);
    if (window != null && window.bad >= MOST && nowNanos - window.startNanos <= WINDOW_NANOS) {
      throw new Refusal(
          429, "too_many", "More than " + MOST + " bad tokens in 10 seconds: wait a little.");
    }
  }

  /** Counts a bad token. */
  synchronized void count(String address, long nowNanos) {
    Window window = byAddress.get(address);
    if (window == null || nowNanos - window.startNanos > WINDOW_NANOS) {
      window = new Window(nowNanos, 0);
    }
    byAddress.put(address, new Window(window.startNanos, window.bad + 1));
  }
}
