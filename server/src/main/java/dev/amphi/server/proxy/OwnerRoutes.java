package dev.amphi.server.proxy;

import dev.amphi.cluster.Cluster;
import dev.amphi.cluster.node.NodeRecord;
import dev.amphi.cluster.room.RoomRecord;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Where a room's requests go. Remembers each answer for a second, so that thousands of playlist
 * requests cost the registry one look-up. Thread-safe.
 */
final class OwnerRoutes {
  private static final long FRESH_NANOS = 1_000_000_000L;
  private static final int REMEMBERED = 10_000;

  private record Remembered(Optional<URI> owner, long untilNanos) {}

  private final Cluster cluster;
  private final Map<String, Remembered> remembered =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Remembered> eldest) {
          return size() > REMEMBERED;
        }
      };

  OwnerRoutes(Cluster cluster) {
    this.cluster = cluster;
  }

  /** The other node that owns the room; empty when this node does, or nobody. */
  CompletionStage<Optional<URI>> elsewhere(String roomId, long nowNanos) {
    synchronized (remembered) {
      Remembered known = remembered.get(roomId);
      if (known != null && nowNanos - known.untilNanos() < 0) {
        return CompletableFuture.completedFuture(known.owner());
      }
    }
    return cluster
        .rooms()
        .find(roomId)
        .thenApply(
            room -> {
              Optional<URI> owner = room.flatMap(this::otherNode);
              synchronized (remembered) {
                remembered.put(roomId, new Remembered(owner, nowNanos + FRESH_NANOS));
              }
              return owner;
            });
  }

  private Optional<URI> otherNode(RoomRecord room) {
    if (room.ownerId().equals(cluster.nodes().selfId())) {
      return Optional.empty();
    }
    return cluster.nodes().node(room.ownerId()).map(NodeRecord::httpUrl).map(URI::create);
  }
}
