package dev.amphi.server.room;

import dev.amphi.interactive.api.Decisions;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.RoomStatus;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/** The classes that this node owns. Thread-safe. */
public final class Classrooms {
  private static final System.Logger LOG = System.getLogger(Classrooms.class.getName());

  private final ConcurrentMap<String, Classroom> rooms = new ConcurrentHashMap<>();
  private final NodeParts parts;
  private final RoomOwners owners;

  public Classrooms(NodeParts parts, RoomOwners owners) {
    this.parts = parts;
    this.owners = owners;
  }

  /** Makes a class and opens its doors; refused when there is one with this id anywhere. */
  public CompletableFuture<RoomStatus> create(RoomSpec spec) {
    return create(spec, Decisions.NONE, Classroom::open);
  }

  private CompletableFuture<RoomStatus> create(
      RoomSpec spec, Decisions before, Function<Classroom, CompletableFuture<RoomStatus>> opening) {
    if (rooms.containsKey(spec.id())) {
      return CompletableFuture.failedFuture(taken(spec.id()));
    }
    return owners
        .claim(spec.id())
        .toCompletableFuture()
        .thenCompose(
            owned ->
                owned
                    .map(ownership -> open(new Classroom(parts, spec, before, ownership), opening))
                    .orElseGet(() -> CompletableFuture.failedFuture(taken(spec.id()))));
  }

  private CompletableFuture<RoomStatus> open(
      Classroom made, Function<Classroom, CompletableFuture<RoomStatus>> opening) {
    String id = made.status().id();
    if (rooms.putIfAbsent(id, made) != null) {
      made.dispose();
      return CompletableFuture.failedFuture(taken(id));
    }
    parts.composer().expect();
    CompletableFuture<RoomStatus> opened = opening.apply(made);
    made.ownership()
        .watch(
            new Ownership.Watcher() {
              @Override
              public void regained() {
                made.regained();
              }

              @Override
              public void lost() {
                abandon(made);
              }
            });
    return opened;
  }

  /** Another node owns the room by now: whatever is here stops without a word to storage. */
  private void abandon(Classroom room) {
    String id = room.status().id();
    CompletionStage<RoomStatus> ended = room.suspend("The class goes on at another node.");
    ended.whenComplete(
        (status, failure) -> {
          if (failure != null) {
            LOG.log(
                System.Logger.Level.ERROR, "room=" + id + " did not stop as it should", failure);
          }
          parts.store().forget(id);
          parts.pushes().forget(id);
          rooms.remove(id, room);
          room.dispose();
        });
  }

  private static Refusal taken(String roomId) {
    return new Refusal(
        409,
        "bad_state",
        "There is a room '" + roomId + "' already: choose another id, or delete it.");
  }

  /** The class with this id. */
  public Optional<Classroom> find(String roomId) {
    return Optional.ofNullable(rooms.get(roomId));
  }

  /** The class with this id, or the refusal that says that there is none. */
  public Classroom get(String roomId) throws Refusal {
    return find(roomId).orElseThrow(() -> unknown(roomId));
  }

  /** The refusal for a room that is not there. */
  public static Refusal unknown(String roomId) {
    return new Refusal(
        404,
        "unknown_room",
        "There is no room '" + roomId + "': check the link, or make the room.");
  }

  /** Ends a class and forgets it; its recordings stay. */
  public CompletableFuture<RoomStatus> delete(String roomId) {
    Classroom room = rooms.get(roomId);
    if (room == null) {
      return CompletableFuture.failedFuture(unknown(roomId));
    }
    return room.end("The class has ended.")
        .thenApply(
            status -> {
              rooms.remove(roomId, room);
              room.ownership().release();
              room.dispose();
              return status;
            });
  }

  /** Looks after what time changes in classes; at least once a second. */
  public void tick() {
    rooms.values().forEach(Classroom::tick);
  }

  /** Every class of this node. */
  public Collection<Classroom> all() {
    return List.copyOf(rooms.values());
  }

  /** Stops every class; each is opened again when the node comes back. */
  public CompletableFuture<Void> suspendAll(String reason) {
    return CompletableFuture.allOf(
        all().stream().map(room -> room.suspend(reason)).toArray(CompletableFuture[]::new));
  }

  /** Opens what was open when the node stopped, and puts on air what was. */
  public CompletableFuture<Void> reopen() {
    return CompletableFuture.allOf(
        parts.store().all().stream().map(this::reopen).toArray(CompletableFuture[]::new));
  }

  private CompletableFuture<RoomStatus> reopen(RoomStore.Kept kept) {
    return create(kept.spec(), kept.decisions(), room -> room.reopen(kept))
        .exceptionally(
            failure -> {
              LOG.log(
                  System.Logger.Level.WARNING,
                  "room=" + kept.spec().id() + " is not open again as it was",
                  failure);
              return null;
            });
  }
}
