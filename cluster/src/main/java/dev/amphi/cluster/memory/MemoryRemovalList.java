package dev.amphi.cluster.memory;

import dev.amphi.cluster.room.Removal;
import dev.amphi.cluster.room.RemovalList;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Removals in one map that all nodes share. Thread-safe. */
final class MemoryRemovalList implements RemovalList {
  private record Kept(Removal decision, long untilNanos) {
    boolean holds() {
      return untilNanos - System.nanoTime() > 0;
    }
  }

  private final Map<String, Kept> decisions = new ConcurrentHashMap<>();
  private final List<Consumer<Removal>> watchers = new CopyOnWriteArrayList<>();

  @Override
  public void put(Removal decision, Duration life) {
    decisions.values().removeIf(kept -> !kept.holds());
    Kept fresh = new Kept(decision, System.nanoTime() + life.toNanos());
    Kept kept =
        decisions.merge(
            decision.roomId() + "/" + decision.participantId(),
            fresh,
            (before, now) ->
                now.decision.untilSeconds() > before.decision.untilSeconds() ? now : before);
    watchers.forEach(watcher -> watcher.accept(kept.decision));
  }

  @Override
  public Optional<Removal> last(String roomId, String participantId) {
    return Optional.ofNullable(decisions.get(roomId + "/" + participantId))
        .filter(Kept::holds)
        .map(Kept::decision);
  }

  @Override
  public List<Removal> all() {
    return decisions.values().stream().filter(Kept::holds).map(Kept::decision).toList();
  }

  @Override
  public void watch(Consumer<Removal> watcher) {
    watchers.add(watcher);
  }
}
