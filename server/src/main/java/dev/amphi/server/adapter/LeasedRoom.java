package dev.amphi.server.adapter;

import dev.amphi.cluster.room.RoomLease;
import dev.amphi.cluster.room.RoomRecord;
import dev.amphi.cluster.room.RoomRegistry;
import dev.amphi.server.room.Ownership;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A room that this node holds by a lease of the cluster's registry.
 *
 * <pre>
 *        renewed in time          asked again, every half second
 *           ┌─────┐                       ┌─────┐
 *           ▼     │      not renewed      ▼     │    another node is the owner
 *   ──────▶ held ─┴──────────────────▶ fenced ──┴──────────────────────────────▶ lost
 *             ▲                           │
 *             └───────────────────────────┘
 *       nobody took it: held in a higher epoch
 * </pre>
 *
 * Only the registry's word ends it: that this machine had no time, or no network, for a while is no
 * reason to end a class that nobody else has. While it is fenced nothing is published.
 */
final class LeasedRoom implements Ownership {
  private static final System.Logger LOG = System.getLogger(LeasedRoom.class.getName());

  private final RoomRegistry registry;
  private final String nodeId;
  private final String roomId;
  private final LongSupplier nanoTime;
  private final Consumer<LeasedRoom> over;
  private RoomLease lease;
  private boolean fenced;
  private boolean askingAgain;
  private boolean released;
  private boolean lost;
  private @Nullable Watcher watcher;

  /**
   * @param nodeId this node's id in the registry
   * @param over is told when the lease need not be looked after any more
   */
  LeasedRoom(
      RoomRegistry registry,
      String nodeId,
      RoomLease lease,
      LongSupplier nanoTime,
      Consumer<LeasedRoom> over) {
    this.registry = registry;
    this.nodeId = nodeId;
    this.roomId = lease.roomId();
    this.lease = lease;
    this.nanoTime = nanoTime;
    this.over = over;
  }

  @Override
  public synchronized long epoch() {
    return lease.epoch();
  }

  @Override
  public synchronized boolean isValid(long epoch) {
    return !isOver() && epoch == lease.epoch() && lease.isValid(nanoTime.getAsLong());
  }

  private boolean isOver() {
    return released || lost;
  }

  @Override
  public synchronized void watch(Watcher told) {
    watcher = told;
    if (lost) {
      told.lost();
    }
  }

  @Override
  public void release() {
    long epoch;
    synchronized (this) {
      released = true;
      epoch = lease.epoch();
    }
    over.accept(this);
    giveBack(epoch);
  }

  private void giveBack(long epoch) {
    registry
        .release(roomId, epoch)
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                LOG.log(
                    Level.WARNING,
                    "room={0} not released, its lease runs out: {1}",
                    roomId,
                    failure);
              }
            });
  }

  /** Renews when it is time to, or asks for the room again; called every half second. */
  void tick() {
    long nowNanos = nanoTime.getAsLong();
    RoomLease held;
    boolean again;
    synchronized (this) {
      held = lease;
      again = !held.isValid(nowNanos);
      if (isOver() || (again ? askingAgain : !held.renewalDue(nowNanos))) {
        return;
      }
      askingAgain = again;
      fence(again);
    }
    if (again) {
      takeAgain(nowNanos);
    } else {
      // A cluster that does not answer is asked again, until the lease runs out.
      registry.renew(roomId, held.epoch()).thenAccept(record -> renewed(held, record, nowNanos));
    }
  }

  private void fence(boolean now) {
    if (now && !fenced) {
      LOG.log(
          Level.WARNING,
          "room={0} epoch={1} the lease ran out: nothing is published until the cluster says whose the room is",
          roomId,
          lease.epoch());
    }
    fenced = now;
  }

  private synchronized void renewed(
      RoomLease asked, Optional<RoomRecord> record, long requestedAtNanos) {
    if (asked != lease) {
      return;
    }
    if (record.isPresent()) {
      asked.renewed(requestedAtNanos);
    } else {
      // Fenced at once; the next tick finds out by whom.
      asked.lost(nanoTime.getAsLong());
    }
  }

  /** An atomic change of the record that was seen: whoever else changes it first wins. */
  private void takeAgain(long requestedAtNanos) {
    CompletionStage<String> room = CompletableFuture.completedFuture(roomId);
    room.thenCompose(registry::find)
        .thenCompose(this::claimUnlessTaken)
        .whenComplete(
            (record, failure) -> {
              synchronized (this) {
                askingAgain = false;
              }
              if (record != null) {
                record.ifPresent(granted -> regained(granted, requestedAtNanos));
              }
            });
  }

  private CompletionStage<Optional<RoomRecord>> claimUnlessTaken(Optional<RoomRecord> seen) {
    if (seen.isEmpty()) {
      return registry.claim(roomId);
    }
    if (seen.get().ownerId().equals(nodeId)) {
      return registry.takeOver(seen.get());
    }
    lose("node " + seen.get().ownerId() + " has the room, in epoch " + seen.get().epoch());
    return CompletableFuture.completedFuture(Optional.empty());
  }

  private synchronized void regained(RoomRecord record, long requestedAtNanos) {
    if (released) {
      giveBack(record.epoch());
    } else if (record.epoch() <= lease.epoch()) {
      giveBack(record.epoch());
      lose("the cluster has forgotten the room, and grants epoch " + record.epoch());
    } else {
      LOG.log(
          Level.INFO,
          "room={0} epoch={1} goes on here: nobody had taken it",
          roomId,
          record.epoch());
      lease = new RoomLease(roomId, record.epoch(), requestedAtNanos);
      if (watcher != null) {
        watcher.regained();
      }
    }
  }

  private synchronized void lose(String why) {
    if (isOver()) {
      return;
    }
    LOG.log(Level.WARNING, "room={0} epoch={1} lost: {2}", roomId, lease.epoch(), why);
    lost = true;
    over.accept(this);
    if (watcher != null) {
      watcher.lost();
    }
  }
}
