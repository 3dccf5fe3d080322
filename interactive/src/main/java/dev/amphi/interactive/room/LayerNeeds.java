package dev.amphi.interactive.room;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Which encodings a publisher should send: what somebody needs at once, what nobody needs until
 * {@link #KEEP_NANOS} after the last one did, so that a glance does not start and stop encoders.
 * The smallest is always sent: whoever comes sees something at once.
 */
final class LayerNeeds {
  static final long KEEP_NANOS = 5_000_000_000L;

  private final Map<String, Long> neededNanos = new TreeMap<>();
  private final Map<String, Boolean> told = new TreeMap<>();

  /** An encoding is needed now. */
  void need(String rid, long nowNanos) {
    neededNanos.put(rid, nowNanos);
  }

  /** Whether its publisher was told that nobody needs it. */
  boolean rests(String rid) {
    return Boolean.FALSE.equals(told.get(rid));
  }

  /** Everything is sent, as far as is known, and begins to be judged now. */
  void start(Iterable<String> rids, long nowNanos) {
    boolean again = !told.isEmpty();
    told.clear();
    neededNanos.clear();
    for (String rid : rids) {
      neededNanos.put(rid, nowNanos);
      told.put(rid, !again); // A publisher that was told something before has to be told anew.
    }
  }

  /**
   * What the publisher has to be told, when it is something else than before.
   *
   * @param resumed is given each that rested and is needed again
   */
  Optional<Map<String, Boolean>> changes(long nowNanos, Consumer<String> resumed) {
    boolean changed = false;
    for (Map.Entry<String, Boolean> entry : told.entrySet()) {
      boolean active = nowNanos - neededNanos.getOrDefault(entry.getKey(), nowNanos) < KEEP_NANOS;
      if (active && !entry.getValue()) {
        resumed.accept(entry.getKey());
      }
      changed |= active != entry.getValue();
      entry.setValue(active);
    }
    return changed ? Optional.of(Map.copyOf(told)) : Optional.empty();
  }
}
