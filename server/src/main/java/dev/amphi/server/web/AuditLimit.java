package dev.amphi.server.web;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Bounds what the audit log says of refusals, so that nobody fills the disk: those without a good
 * token together, and each bearer alone, at all doors, have a token bucket. Thread-safe.
 */
public final class AuditLimit {
  /** Who has no good token. */
  static final String STRANGERS = "";

  /** How many lines at once. */
  static final int BURST = 10;

  private static final int MOST_BEARERS = 10_000;

  /** How often a bucket gets a token back: strangers are many, a bearer is one. */
  private static final long STRANGERS_NANOS = 100_000_000L;

  private static final long BEARER_NANOS = 1_000_000_000L;

  /** When a bucket is full again (the generic cell rate algorithm), by room and subject. */
  private final Map<String, Long> full =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > MOST_BEARERS;
        }
      };

  /** The bucket of a bearer. */
  static String bearer(String room, String subject) {
    return room + "/" + subject;
  }

  /** Takes a line from a bucket, and tells whether there was none. */
  synchronized boolean exceeded(String bucket, long nowNanos) {
    long step = bucket.equals(STRANGERS) ? STRANGERS_NANOS : BEARER_NANOS;
    Long before = full.get(bucket);
    long waiting = before == null ? 0 : Math.max(0, before - nowNanos);
    if (waiting > (BURST - 1) * step) {
      return true;
    }
    full.put(bucket, nowNanos + waiting + step);
    return false;
  }
}
