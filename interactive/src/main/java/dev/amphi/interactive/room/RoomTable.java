package dev.amphi.interactive.room;

import dev.amphi.interactive.api.Refusal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The open rooms of this node, each reached on its own loop. Thread-safe. */
final class RoomTable {
  /** Something to be done on a room's loop. */
  interface Task<T> {
    T run(OpenRoom open) throws Refusal;
  }

  private final Map<String, OpenRoom> byId = new ConcurrentHashMap<>();

  boolean has(String roomId) {
    return byId.containsKey(roomId);
  }

  List<String> ids() {
    return List.copyOf(byId.keySet());
  }

  /** The room of that id, made now when there is none or a closed one. */
  OpenRoom open(String roomId, Function<String, OpenRoom> making) {
    return byId.compute(
        roomId,
        (id, before) -> before != null && !before.room().closed() ? before : making.apply(id));
  }

  /** Forgets a room and gives it, or null when there is none. */
  @Nullable OpenRoom remove(String roomId) {
    return byId.remove(roomId);
  }

  /** Does something on a room's loop, if there is the room. */
  void tell(String roomId, Consumer<Room> what) {
    OpenRoom open = byId.get(roomId);
    if (open != null) {
      open.room().context().loop().execute(() -> what.accept(open.room()));
    }
  }

  /** Asks something on a room's loop; refused with 404 when there is no such room. */
  <T> CompletionStage<T> in(String roomId, Task<T> task) {
    CompletableFuture<T> done = new CompletableFuture<>();
    OpenRoom open = byId.get(roomId);
    if (open == null) {
      done.completeExceptionally(
          new Refusal(404, "unknown_room", "There is no open class '" + roomId + "' here."));
      return done;
    }
    open.room()
        .context()
        .loop()
        .execute(
            () -> {
              try {
                T result = task.run(open);
                open.room().tellDecisions();
                done.complete(result);
              } catch (Refusal refusal) {
                done.completeExceptionally(refusal);
              } catch (RuntimeException e) {
                open.room().log(null, "a request failed: " + e);
                done.completeExceptionally(e);
              }
            });
    return done;
  }
}
