package dev.amphi.cluster.room;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Who was removed from which room for good, and who was let in again, as every node of the cluster
 * knows it. Eventually consistent: another node knows within moments.
 */
public interface RemovalList {
  /**
   * Tells all nodes of a decision; one that came later is not overruled.
   *
   * @param life how long it is to be remembered: for as long as a token of theirs may live
   */
  void put(Removal decision, Duration life);

  /** What was decided last about somebody; answered from memory, never blocks. */
  Optional<Removal> last(String roomId, String participantId);

  /** Everything that was decided last about anybody. */
  List<Removal> all();

  /**
   * Tells a watcher of each decision that comes from now on, whichever node made it; some may be
   * told twice. Called on a thread of the cluster, which must not be blocked.
   */
  void watch(Consumer<Removal> watcher);

  /** Whether somebody is kept out; answered from memory, never blocks. */
  default boolean contains(String roomId, String participantId) {
    return last(roomId, participantId).filter(decision -> !decision.takenBack()).isPresent();
  }
}
