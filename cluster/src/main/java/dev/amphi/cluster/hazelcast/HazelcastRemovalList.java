package dev.amphi.cluster.hazelcast;

import com.hazelcast.core.EntryAdapter;
import com.hazelcast.core.EntryEvent;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.replicatedmap.ReplicatedMap;
import dev.amphi.cluster.room.Removal;
import dev.amphi.cluster.room.RemovalList;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Removals in replicated maps, which every member holds whole and reads from its own memory. What
 * was taken back has a map of its own: a node that comes back with old removals never overwrites
 * it.
 */
final class HazelcastRemovalList implements RemovalList {
  /** By {@code room/id}, when the decision runs out, in seconds since 1970. */
  private final ReplicatedMap<String, Long> removed;

  private final ReplicatedMap<String, Long> takenBack;

  HazelcastRemovalList(HazelcastInstance member) {
    removed = member.getReplicatedMap(MemberConfig.REMOVALS);
    takenBack = member.getReplicatedMap(MemberConfig.TAKEN_BACK);
  }

  @Override
  public void put(Removal decision, Duration life) {
    ReplicatedMap<String, Long> map = decision.takenBack() ? takenBack : removed;
    String key = decision.roomId() + "/" + decision.participantId();
    Long before = map.get(key);
    if (before == null || before < decision.untilSeconds()) {
      // No life at all would be one without end.
      long millis = Math.max(1, life.toMillis());
      map.put(key, decision.untilSeconds(), millis, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public Optional<Removal> last(String roomId, String participantId) {
    return last(roomId + "/" + participantId);
  }

  private Optional<Removal> last(String key) {
    Long out = removed.get(key);
    Long back = takenBack.get(key);
    if (back != null && (out == null || back >= out)) {
      return Optional.of(decision(key, back, true));
    }
    return Optional.ofNullable(out).map(until -> decision(key, until, false));
  }

  @Override
  public List<Removal> all() {
    List<String> keys = new ArrayList<>(removed.keySet());
    takenBack.keySet().stream().filter(key -> !removed.containsKey(key)).forEach(keys::add);
    return keys.stream().flatMap(key -> last(key).stream()).toList();
  }

  @Override
  public void watch(Consumer<Removal> watcher) {
    removed.addEntryListener(telling(watcher, false));
    takenBack.addEntryListener(telling(watcher, true));
  }

  private static EntryAdapter<String, Long> telling(Consumer<Removal> watcher, boolean takenBack) {
    return new EntryAdapter<>() {
      @Override
      public void entryAdded(EntryEvent<String, Long> event) {
        watcher.accept(decision(event.getKey(), event.getValue(), takenBack));
      }

      @Override
      public void entryUpdated(EntryEvent<String, Long> event) {
        entryAdded(event);
      }
    };
  }

  /** A room's id holds no slash. */
  private static Removal decision(String key, Long untilSeconds, boolean takenBack) {
    int slash = key.indexOf('/');
    return new Removal(key.substring(0, slash), key.substring(slash + 1), untilSeconds, takenBack);
  }
}
