package dev.amphi.cluster.hazelcast;

import com.hazelcast.replicatedmap.ReplicatedMap;
import dev.amphi.cluster.room.RemovalList;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Removals in a replicated map, which every member holds whole and reads from its own memory. */
final class HazelcastRemovalList implements RemovalList {
  private final ReplicatedMap<String, Boolean> removed;

  HazelcastRemovalList(ReplicatedMap<String, Boolean> removed) {
    this.removed = removed;
  }

  @Override
  public void add(String roomId, String participantId, Duration life) {
    removed.put(key(roomId, participantId), true, life.toSeconds(), TimeUnit.SECONDS);
  }

  @Override
  public boolean contains(String roomId, String participantId) {
    return removed.containsKey(key(roomId, participantId));
  }

  /** A room's id holds no slash. */
  private static String key(String roomId, String participantId) {
    return roomId + "/" + participantId;
  }
}
