package dev.amphi.server.room;

import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.RoomStatus;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The classes that this node owns. Thread-safe. */
public final class Classrooms {
  private final ConcurrentMap<String, Classroom> rooms = new ConcurrentHashMap<>();
  private final NodeParts parts;

  public Classrooms(NodeParts parts) {
    this.parts = parts;
  }

  /** Makes a class and opens its doors; refused when there is one with this id. */
  public CompletableFuture<RoomStatus> create(RoomSpec spec, long epoch) {
    Classroom made = new Classroom(parts, spec, epoch);
    if (rooms.putIfAbsent(spec.id(), made) != null) {
      made.dispose();
      return CompletableFuture.failedFuture(
          new Refusal(
              409,
              "bad_state",
              "There is a room '" + spec.id() + "' already: choose another id, or delete it."));
    }
    return made.open();
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
              room.dispose();
              return status;
            });
  }

  /** Every class of this node. */
  public Collection<Classroom> all() {
    return List.copyOf(rooms.values());
  }

  /** Ends every class. */
  public CompletableFuture<Void> endAll(String reason) {
    return CompletableFuture.allOf(
        all().stream().map(room -> room.end(reason)).toArray(CompletableFuture[]::new));
  }
}
