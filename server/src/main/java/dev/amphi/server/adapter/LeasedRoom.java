package dev.amphi.server.adapter;

import dev.amphi.cluster.room.RoomLease;
import dev.amphi.cluster.room.RoomRecord;
import dev.amphi.cluster.room.RoomRegistry;
import dev.amphi.server.room.Ownership;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A room that this node holds by a lease of the cluster's registry. */
final class LeasedRoom implements Ownership {
  private static final System.Logger LOG = System.getLogger(LeasedRoom.class.getName());

  private final RoomRegistry registry;
  private final RoomLease lease;
  private final LongSupplier nanoTime;
  private final Consumer<LeasedRoom> released;
  private @Nullable Runnable lost;
  private boolean over;

  LeasedRoom(
      RoomRegistry registry,
      RoomLease lease,
      LongSupplier nanoTime,
      Consumer<LeasedRoom> released) {
    this.registry = registry;
    this.lease = lease;
    this.nanoTime = nanoTime;
    this.released = released;
  }

  @Override
  public long epoch() {
    return lease.epoch();
  }

  @Override
  public synchronized boolean isValid() {
    return !over && lease.isValid(nanoTime.getAsLong());
  }

  @Override
  public synchronized void onLost(Runnable whenLost) {
    lost = whenLost;
  }

  @Override
  public void release() {
    finish();
    registry
        .release(lease.roomId(), lease.epoch())
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                LOG.log(
                    System.Logger.Level.WARNING,
                    "room={0} not released, its lease runs out: {1}",
                    lease.roomId(),
                    failure);
              }
            });
  }

  private synchronized void finish() {
    over = true;
    lost = null;
    released.accept(this);
  }

  /** Renews when it is time to, and notices when the lease is over; called every half second. */
  void tick() {
    long nowNanos = nanoTime.getAsLong();
    synchronized (this) {
      if (over) {
        return;
      }
      if (!lease.isValid(nowNanos)) {
        lose("the lease ran out");
        return;
      }
      if (!lease.renewalDue(nowNanos)) {
        return;
      }
    }
    // A cluster that does not answer is asked again, until the lease runs out.
    registry.renew(lease.roomId(), lease.epoch()).thenAccept(record -> renewed(record, nowNanos));
  }

  private synchronized void renewed(Optional<RoomRecord> record, long requestedAtNanos) {
    if (over) {
      return;
    }
    if (record.isPresent()) {
      lease.renewed(requestedAtNanos);
    } else {
      lose("another node has the room");
    }
  }

  private synchronized void lose(String why) {
    LOG.log(
        System.Logger.Level.WARNING,
        "room={0} epoch={1} lost: {2}",
        lease.roomId(),
        lease.epoch(),
        why);
    lease.lost(nanoTime.getAsLong());
    Runnable told = lost;
    finish();
    if (told != null) {
      told.run();
    }
  }
}
