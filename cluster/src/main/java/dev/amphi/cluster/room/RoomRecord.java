package dev.amphi.cluster.room;

import java.util.Optional;

/**
 * What the registry knows of a room.
 *
 * @param ownerId the owning node's id, empty when released
 * @param epoch rises with each change of owner and never falls, also across a release
 * @param renewals rises with each renewal of the owner's lease, so that others can see it is alive
 *     without comparing clocks
 */
public record RoomRecord(String roomId, String ownerId, long epoch, long renewals) {

  /** The record of a room that nobody ever owned. */
  public static RoomRecord unowned(String roomId) {
    return new RoomRecord(roomId, "", 0, 0);
  }

  /** Whether some node owns the room. */
  public boolean owned() {
    return !ownerId.isEmpty();
  }

  /** The record after {@code nodeId} claimed the room; empty when another node owns it. */
  public Optional<RoomRecord> claimedBy(String nodeId) {
    if (ownerId.equals(nodeId)) {
      return Optional.of(this);
    }
    return owned() ? Optional.empty() : Optional.of(ownedBy(nodeId));
  }

  /**
   * The record after {@code nodeId} took the room from an owner that it saw silent; empty when the
   * owner has renewed, or was replaced, since {@code observed}.
   */
  public Optional<RoomRecord> takenOverBy(String nodeId, RoomRecord observed) {
    return equals(observed) ? Optional.of(ownedBy(nodeId)) : Optional.empty();
  }

  /** The record after a renewal; empty when the room is no longer held with this epoch. */
  public Optional<RoomRecord> renewedBy(String nodeId, long heldEpoch) {
    return heldBy(nodeId, heldEpoch)
        ? Optional.of(new RoomRecord(roomId, ownerId, epoch, renewals + 1))
        : Optional.empty();
  }

  /** The record after a release; empty when the room is no longer held with this epoch. */
  public Optional<RoomRecord> releasedBy(String nodeId, long heldEpoch) {
    return heldBy(nodeId, heldEpoch)
        ? Optional.of(new RoomRecord(roomId, "", epoch, 0))
        : Optional.empty();
  }

  private boolean heldBy(String nodeId, long heldEpoch) {
    return ownerId.equals(nodeId) && epoch == heldEpoch;
  }

  private RoomRecord ownedBy(String nodeId) {
    return new RoomRecord(roomId, nodeId, epoch + 1, 0);
  }
}
