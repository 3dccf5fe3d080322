package dev.amphi.interactive.api;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What happens on stage, told in order on the room's own loop; implementations must not block. A
 * participant who is not {@link StageState#ON_STAGE} is told about too, with its state.
 */
public interface StageListener {
  /** A participant came in, or its name, role, state, tracks or consent changed. */
  void participantChanged(String roomId, ParticipantView participant);

  /** A participant is gone. */
  void participantLeft(String roomId, String participantId);

  /**
   * A participant was removed for good: its token is worth nothing any more. The stage completes,
   * on any thread, when that outlives the node; only then the removal is answered.
   */
  default CompletionStage<Void> participantRemoved(String roomId, String participantId) {
    return CompletableFuture.completedFuture(null);
  }

  /** Something was decided that is to be handed in again when the room is opened anew. */
  default void decided(String roomId, Decisions decisions) {}

  /** Somebody did, or was refused, something that is worth a line in the audit log. */
  default void acted(String roomId, StageAct act) {}

  /** The loudest of those in the program changed; empty when nobody speaks. */
  void speakerChanged(String roomId, String participantId);

  /**
   * A complete frame of a track arrived, whether its owner is on stage or backstage; none of
   * somebody whose {@link Consent} does not allow it.
   */
  void frame(String roomId, TrackView track, EncodedFrame frame);

  /**
   * A complete frame of a track to be kept, as {@link Stage#keepTracks} asked; none of somebody who
   * is not in the program.
   */
  default void keptFrame(String roomId, TrackView track, EncodedFrame frame) {}

  /**
   * Which streams of the program somebody watches over WebRTC changed; others need not be made or
   * brought. At most one picture a rendition, and five sounds.
   */
  default void programWanted(String roomId, Set<ProgramStream> streams) {}

  /** The class is asked a question, or none any more where that is "". */
  default void asked(String roomId, String question) {}

  /** Somebody drew, took back or cleared. */
  default void drawn(String roomId, BoardChange change) {}

  /** The number of people who watch this room through this node's signalling changed. */
  void viewersChanged(String roomId, int viewers);
}
