package dev.amphi.composer.process;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Whose media make children crash, and for how long they are believed; pure, for one caller at a
 * time.
 *
 * <p>A source is put into quarantine with its participant's third crash within a minute, or the
 * fifth within ten. Counted is by participant, so that publishing anew does not begin a new count.
 * The quarantine is the source's: a new track of the participant is let in, but then the first
 * crash suffices, and after the third quarantine every track of that participant stays out for the
 * rest of the program. So one participant costs a class five restarts at most. After each crash the
 * suspect waits a moment longer than everybody else, so that the program is there for the others.
 */
final class Suspects {
  private static final long MINUTE_NANOS = 60_000_000_000L;
  private static final int IN_A_MINUTE = 3;
  private static final int IN_TEN = 5;
  private static final int MOST_QUARANTINES = 3;
  private static final long WAIT_NANOS = 1_000_000_000L;

  private static final class History {
    final ArrayDeque<Long> crashes = new ArrayDeque<>();
    int quarantines;
  }

  private final Map<String, History> records = new HashMap<>();
  private final Set<String> quarantined = new HashSet<>();
  private final Map<String, Long> waitUntilNanos = new HashMap<>();

  /**
   * A child died while it was handling that source's media.
   *
   * @return whether the source is in quarantine from now on
   */
  boolean crashed(String sourceId, String participantId, long nowNanos) {
    History record = records.computeIfAbsent(participantId, id -> new History());
    record.crashes.addLast(nowNanos);
    if (record.crashes.size() > IN_TEN) {
      record.crashes.removeFirst();
    }
    if (within(record, MINUTE_NANOS, nowNanos) >= (record.quarantines > 0 ? 1 : IN_A_MINUTE)
        || within(record, 10 * MINUTE_NANOS, nowNanos) >= IN_TEN) {
      record.quarantines++;
      record.crashes.clear();
      quarantined.add(sourceId);
      waitUntilNanos.remove(sourceId);
      return true;
    }
    waitUntilNanos.put(sourceId, nowNanos + record.crashes.size() * WAIT_NANOS);
    return false;
  }

  private static long within(History record, long nanos, long nowNanos) {
    return record.crashes.stream().filter(at -> nowNanos - at < nanos).count();
  }

  /**
   * A source is there.
   *
   * @return whether it is in quarantine because of what its participant's other tracks did
   */
  boolean arrived(String sourceId, String participantId) {
    History record = records.get(participantId);
    return record != null && record.quarantines >= MOST_QUARANTINES && quarantined.add(sourceId);
  }

  /**
   * A source is gone; what its participant did is remembered.
   *
   * @return whether it was in quarantine
   */
  boolean left(String sourceId) {
    waitUntilNanos.remove(sourceId);
    return quarantined.remove(sourceId);
  }

  /**
   * A source that is there sends something else than what made children crash.
   *
   * @return whether it is believed once more, and in quarantine no longer
   */
  boolean renewed(String sourceId, String participantId) {
    History record = records.get(participantId);
    return (record == null || record.quarantines < MOST_QUARANTINES)
        && quarantined.remove(sourceId);
  }

  boolean isQuarantined(String sourceId) {
    return quarantined.contains(sourceId);
  }

  /** Whether its media may go to a child now. */
  boolean mayPass(String sourceId, long nowNanos) {
    if (quarantined.isEmpty() && waitUntilNanos.isEmpty()) {
      return true;
    }
    Long until = waitUntilNanos.get(sourceId);
    return !quarantined.contains(sourceId) && (until == null || nowNanos - until >= 0);
  }
}
