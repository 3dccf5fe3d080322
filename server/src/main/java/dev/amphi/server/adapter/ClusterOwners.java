package dev.amphi.server.adapter;

import dev.amphi.cluster.Cluster;
import dev.amphi.cluster.room.RoomLease;
import dev.amphi.cluster.room.RoomRecord;
import dev.amphi.server.room.Ownership;
import dev.amphi.server.room.RoomOwners;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Claims rooms in the cluster and keeps the leases of those that this node holds. */
public final class ClusterOwners implements RoomOwners {
  private final Cluster cluster;
  private final LongSupplier nanoTime;
  private final Set<LeasedRoom> held = ConcurrentHashMap.newKeySet();

  /**
   * @param nanoTime this machine's monotonic clock
   */
  public ClusterOwners(Cluster cluster, LongSupplier nanoTime) {
    this.cluster = cluster;
    this.nanoTime = nanoTime;
  }

  @Override
  public CompletionStage<Optional<Ownership>> claim(String roomId) {
    long requestedAtNanos = nanoTime.getAsLong();
    return cluster
        .rooms()
        .claim(roomId)
        .thenCompose(granted -> granted.isPresent() ? done(granted) : orphaned(roomId))
        .thenApply(granted -> granted.map(record -> hold(record, requestedAtNanos)));
  }

  /** The room of a node that is gone may be taken; its record must not have changed meanwhile. */
  private CompletionStage<Optional<RoomRecord>> orphaned(String roomId) {
    return cluster
        .rooms()
        .find(roomId)
        .thenCompose(
            record -> {
              boolean ownerGone =
                  record.isPresent() && cluster.nodes().node(record.get().ownerId()).isEmpty();
              return ownerGone
                  ? cluster.rooms().takeOver(record.get())
                  : done(Optional.<RoomRecord>empty());
            });
  }

  private static <T> CompletionStage<T> done(T value) {
    return CompletableFuture.completedFuture(value);
  }

  private Ownership hold(RoomRecord record, long requestedAtNanos) {
    RoomLease lease = new RoomLease(record.roomId(), record.epoch(), requestedAtNanos);
    LeasedRoom room =
        new LeasedRoom(cluster.rooms(), cluster.nodes().selfId(), lease, nanoTime, held::remove);
    held.add(room);
    return room;
  }

  /** Renews what is due; to be called every half second. */
  public void tick() {
    held.forEach(LeasedRoom::tick);
  }
}
