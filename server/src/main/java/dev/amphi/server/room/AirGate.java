package dev.amphi.server.room;

import java.util.HashMap;
import java.util.Map;

/**
 * Decides which sample of a running program is the first that goes on air: all renditions must
 * start at one instant, with a key frame in each picture. The gate opens at the first key frame
 * that no rendition has passed yet; sound that runs ahead of the picture puts that off to the next
 * one.
 */
final class AirGate {
  private static final long CLOSED = Long.MAX_VALUE;

  private final Map<String, Long> passedNanos = new HashMap<>();
  private long opensAtNanos = CLOSED;

  /**
   * Whether this sample goes on air.
   *
   * @param startNanos its time in the program
   * @param sync a key frame of a picture; must be false for sound, which can start anywhere
   */
  boolean passes(String renditionId, long startNanos, boolean sync) {
    if (opensAtNanos == CLOSED && sync && nobodyPassed(renditionId, startNanos)) {
      opensAtNanos = startNanos;
    }
    passedNanos.put(renditionId, startNanos);
    return startNanos >= opensAtNanos;
  }

  /** Nothing more goes on air before the next key frame that is good for all. */
  void close() {
    opensAtNanos = CLOSED;
  }

  /** A new epoch of the program counts from zero again; a gate that is open stays open. */
  void restarted() {
    passedNanos.clear();
    if (opensAtNanos != CLOSED) {
      opensAtNanos = Long.MIN_VALUE;
    }
  }

  private boolean nobodyPassed(String renditionId, long startNanos) {
    for (Map.Entry<String, Long> passed : passedNanos.entrySet()) {
      if (!passed.getKey().equals(renditionId) && passed.getValue() >= startNanos) {
        return false;
      }
    }
    return true;
  }
}
