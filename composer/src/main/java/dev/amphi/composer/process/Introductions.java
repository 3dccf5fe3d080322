package dev.amphi.composer.process;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Who was told by name in the program's picture, so that no other child tells them again before
 * they were away for a minute. For one caller at a time.
 */
final class Introductions {
  private static final long BACK_NANOS = 60_000_000_000L;
  private static final long HERE = Long.MIN_VALUE;

  private final Map<String, Long> told = new HashMap<>();

  /** Somebody who is here was told. */
  void add(String participantId) {
    told.put(participantId, HERE);
  }

  /** Somebody is here. */
  void here(String participantId, long nowNanos) {
    forget(nowNanos);
    told.replace(participantId, HERE);
  }

  /** Somebody went. */
  void away(String participantId, long nowNanos) {
    told.replace(participantId, nowNanos);
  }

  /** Whom the next child does not tell. */
  Set<String> known(long nowNanos) {
    forget(nowNanos);
    return Set.copyOf(told.keySet());
  }

  private void forget(long nowNanos) {
    told.values().removeIf(since -> since != HERE && nowNanos - since > BACK_NANOS);
  }
}
