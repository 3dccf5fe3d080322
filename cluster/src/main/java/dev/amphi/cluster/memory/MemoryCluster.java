package dev.amphi.cluster.memory;

import dev.amphi.cluster.Cluster;
import dev.amphi.cluster.node.NodeDirectory;
import dev.amphi.cluster.node.NodeLoad;
import dev.amphi.cluster.node.NodeRecord;
import dev.amphi.cluster.room.RemovalList;
import dev.amphi.cluster.room.RoomRecord;
import dev.amphi.cluster.room.RoomRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * A cluster that lives in this process: the default, when no members are configured. Several of
 * them may share one {@link Memory}, which is how the contract is tested without a network.
 */
public final class MemoryCluster implements Cluster {
  /** What the nodes of one cluster share. */
  public static final class Memory {
    private final Map<String, RoomRecord> rooms = new ConcurrentHashMap<>();
    private final Map<String, NodeRecord> nodes = new ConcurrentHashMap<>();
    private final MemoryRemovalList removals = new MemoryRemovalList();
  }

  private final Memory memory;
  private final String nodeId;

  public MemoryCluster(Memory memory, String nodeId) {
    this.memory = memory;
    this.nodeId = nodeId;
  }

  @Override
  public NodeDirectory nodes() {
    return new Directory();
  }

  @Override
  public RoomRegistry rooms() {
    return new Registry();
  }

  @Override
  public RemovalList removals() {
    return memory.removals;
  }

  @Override
  public void close() {
    memory.nodes.remove(nodeId);
  }

  private final class Directory implements NodeDirectory {
    @Override
    public String selfId() {
      return nodeId;
    }

    @Override
    public void publish(String httpUrl, NodeLoad load) {
      memory.nodes.put(nodeId, new NodeRecord(nodeId, httpUrl, load));
    }

    @Override
    public List<NodeRecord> nodes() {
      return List.copyOf(memory.nodes.values());
    }
  }

  private final class Registry implements RoomRegistry {
    @Override
    public CompletionStage<Optional<RoomRecord>> claim(String roomId) {
      return change(roomId, room -> room.claimedBy(nodeId));
    }

    @Override
    public CompletionStage<Optional<RoomRecord>> takeOver(RoomRecord observed) {
      return change(observed.roomId(), room -> room.takenOverBy(nodeId, observed));
    }

    @Override
    public CompletionStage<Optional<RoomRecord>> renew(String roomId, long epoch) {
      return change(roomId, room -> room.renewedBy(nodeId, epoch));
    }

    @Override
    public CompletionStage<Boolean> release(String roomId, long epoch) {
      return change(roomId, room -> room.releasedBy(nodeId, epoch)).thenApply(Optional::isPresent);
    }

    @Override
    public CompletionStage<Optional<RoomRecord>> find(String roomId) {
      return CompletableFuture.completedFuture(
          Optional.ofNullable(memory.rooms.get(roomId)).filter(RoomRecord::owned));
    }

    @Override
    public CompletionStage<List<RoomRecord>> owned() {
      return CompletableFuture.completedFuture(
          memory.rooms.values().stream().filter(RoomRecord::owned).toList());
    }

    private CompletionStage<Optional<RoomRecord>> change(
        String roomId, Function<RoomRecord, Optional<RoomRecord>> rule) {
      var granted = new CompletableFuture<Optional<RoomRecord>>();
      memory.rooms.compute(
          roomId,
          (id, held) -> {
            RoomRecord room = held == null ? RoomRecord.unowned(id) : held;
            Optional<RoomRecord> next = rule.apply(room);
            granted.complete(next);
            return next.orElse(room);
          });
      return granted;
    }
  }
}
