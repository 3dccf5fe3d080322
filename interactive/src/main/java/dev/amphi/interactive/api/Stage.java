package dev.amphi.interactive.api;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The rooms of this node. Thread-safe: every call hops to its room's loop. */
public interface Stage extends AutoCloseable {
  /** Opens a room; opening one that is open only updates its status. */
  CompletionStage<Void> open(RoomStatus status);

  /** Opens a room where something was decided before; these decisions hold if it is not open. */
  default CompletionStage<Void> open(RoomStatus status, Decisions decisions) {
    return open(status);
  }

  /** Tells everybody in the room what changed about the class. */
  void update(RoomStatus status);

  /** Closes a room and all its transports; {@code reason} is told to the participants. */
  CompletionStage<Void> close(String roomId, String reason);

  /**
   * Closes a room that will soon be open again, here or at another node: its people are told to
   * come back by themselves.
   *
   * @param retryAfterMillis when a client should try first
   */
  default CompletionStage<Void> suspend(String roomId, String reason, long retryAfterMillis) {
    return close(roomId, reason);
  }

  /** Everybody in the room but anonymous viewers; empty when the room is not open here. */
  CompletionStage<List<ParticipantView>> participants(String roomId);

  /**
   * Removes a participant and keeps it out, also one that is not here: its token is good no more.
   * False when nobody of this id is here and no token can have it.
   */
  CompletionStage<Boolean> remove(String roomId, String participantId, String reason);

  /**
   * Keeps somebody out no longer, by this id; false where the room is not open here, or did not
   * keep it out.
   */
  default CompletionStage<Boolean> letIn(String roomId, String participantId) {
    return CompletableFuture.completedFuture(false);
  }

  /** Locks a room: nobody new comes in but viewers, and no hand is raised; or unlocks it. */
  default CompletionStage<Void> lock(String roomId, boolean locked) {
    throw new UnsupportedOperationException("lock");
  }

  /** Lets students wait until they are admitted; switched off, those who wait come in. */
  default CompletionStage<Void> waitingRoom(String roomId, boolean on) {
    throw new UnsupportedOperationException("waiting room");
  }

  /** Lets somebody in who waits; refused with 404 or 409 when nobody with this id does. */
  default CompletionStage<Void> admit(String roomId, String participantId) {
    throw new UnsupportedOperationException("admit");
  }

  /** Asks the publisher of a track for a key frame; throttled, ignored when the track is gone. */
  void requestKeyFrame(String roomId, String trackId);

  /**
   * A room's pipeline with all its counters, as a JSON object for people who look for a fault: no
   * addresses, no tokens. Refuses an unknown room by a {@link Refusal} in the stage.
   */
  CompletionStage<String> describe(String roomId);

  /** How the room did since this was asked last; refuses as {@link #describe}. */
  CompletionStage<RoomSample> sample(String roomId);

  /** The ids of the rooms that are open here. */
  List<String> rooms();

  /**
   * Puts a room's program on air for those who watch it over WebRTC.
   *
   * @param renditions its pictures, the best first; empty takes it off air for newcomers
   */
  void onAir(String roomId, List<ProgramRendition> renditions);

  /**
   * Says which tiles the program's picture goes to, as its move there begins: of each simulcast the
   * program gets the layer that suits its tile. Until this is said for the first time it gets the
   * largest.
   *
   * @param tiles of whoever is to be seen, as large as they are at the end of the move; who has
   *     none is out of sight
   */
  default void shownInProgram(String roomId, List<ProgramTile> tiles) {}

  /**
   * Hands over the frames of each track of those in the program as they come, in the largest layer
   * that does ({@link StageListener#keptFrame}), beside what the program gets; each begins with a
   * key frame. Said again it begins again.
   */
  default void keepTracks(String roomId, boolean on) {}

  /**
   * Takes one frame of the program; what nobody watches is dropped. In order for each stream; the
   * payload is copied before the call returns.
   */
  void program(String roomId, ProgramFrame frame);

  @Override
  void close();
}
