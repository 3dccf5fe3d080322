package dev.amphi.cluster.hazelcast;

import com.hazelcast.map.IMap;
import dev.amphi.cluster.hazelcast.RoomChange.Rule;
import dev.amphi.cluster.room.RoomRecord;
import dev.amphi.cluster.room.RoomRegistry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The registry on a distributed map; every change runs as an entry processor on the room's key. */
final class HazelcastRoomRegistry implements RoomRegistry {
  private final IMap<String, RoomRecord> rooms;
  private final String nodeId;

  HazelcastRoomRegistry(IMap<String, RoomRecord> rooms, String nodeId) {
    this.rooms = rooms;
    this.nodeId = nodeId;
  }

  @Override
  public CompletionStage<Optional<RoomRecord>> claim(String roomId) {
    return change(Rule.CLAIM, RoomRecord.unowned(roomId));
  }

  @Override
  public CompletionStage<Optional<RoomRecord>> takeOver(RoomRecord observed) {
    return change(Rule.TAKE_OVER, observed);
  }

  @Override
  public CompletionStage<Optional<RoomRecord>> renew(String roomId, long epoch) {
    return change(Rule.RENEW, new RoomRecord(roomId, nodeId, epoch, 0));
  }

  @Override
  public CompletionStage<Boolean> release(String roomId, long epoch) {
    return change(Rule.RELEASE, new RoomRecord(roomId, nodeId, epoch, 0))
        .thenApply(Optional::isPresent);
  }

  @Override
  public CompletionStage<Optional<RoomRecord>> find(String roomId) {
    return rooms
        .getAsync(roomId)
        .thenApply(room -> Optional.ofNullable(room).filter(RoomRecord::owned));
  }

  @Override
  public CompletionStage<List<RoomRecord>> owned() {
    return CompletableFuture.supplyAsync(
        () -> rooms.values().stream().filter(RoomRecord::owned).toList());
  }

  private CompletionStage<Optional<RoomRecord>> change(Rule rule, RoomRecord observed) {
    return rooms
        .submitToKey(observed.roomId(), new RoomChange(rule, nodeId, observed))
        .thenApply(Optional::ofNullable);
  }
}
