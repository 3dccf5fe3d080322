package dev.amphi.composer.process;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * For how long the threads of a process could not go on because they had no processor, from one
 * look to the next. Pure, for one caller at a time.
 *
 * <p>The kernel adds a wait when it is over. So a thread that was runnable twice without a turn in
 * between has waited ever since, but for what it ran.
 */
final class Starvation {
  private Map<Long, ThreadTime> before = Map.of();
  private long beforeNanos;
  private Map<Long, Long> waited = Map.of();

  /**
   * Looks again.
   *
   * @param threads those of the process; none when nobody has asked, or nobody tells
   */
  void look(long nowNanos, List<ThreadTime> threads) {
    long passedNanos = Math.max(0, nowNanos - beforeNanos);
    Map<Long, ThreadTime> now = new HashMap<>();
    Map<Long, Long> found = new HashMap<>();
    for (ThreadTime thread : threads) {
      now.put(thread.id(), thread);
      ThreadTime earlier = before.get(thread.id());
      if (earlier != null) {
        found.put(thread.id(), Math.clamp(between(earlier, thread, passedNanos), 0, passedNanos));
      }
    }
    before = now;
    beforeNanos = nowNanos;
    waited = found;
  }

  private static long between(ThreadTime earlier, ThreadTime now, long passedNanos) {
    boolean noTurn = earlier.runnable() && now.runnable() && earlier.turns() == now.turns();
    return noTurn
        ? passedNanos - (now.ranNanos() - earlier.ranNanos())
        : now.waitedNanos() - earlier.waitedNanos();
  }

  /** What was seen counts no more. */
  void forget() {
    before = Map.of();
    waited = Map.of();
  }

  /** For how long the thread that waited longest did, between the last two looks. */
  long mostNanos() {
    return waited.values().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  /** For how long that thread did; if it is not known, the one that waited longest. */
  long nanosOf(long threadId) {
    Long known = waited.get(threadId);
    return known == null ? mostNanos() : known;
  }
}
