package dev.amphi.interactive.api;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The class-level commands that arrive on the signalling socket. The stage has already checked the
 * role; the server carries them out. Each stage completes exceptionally with a {@link Refusal} when
 * turned down. Thread-safe.
 */
public interface ClassDesk {
  /** Starts or stops the broadcast. */
  CompletionStage<RoomStatus> setLive(Grant actor, boolean live);

  /** Chooses how the picture is laid out. */
  CompletionStage<RoomStatus> setLayout(Grant actor, PictureChange change);

  /**
   * Switches the recording on or off.
   *
   * @param paused whether one that is on keeps nothing until it is told to go on
   */
  CompletionStage<RoomStatus> setRecording(Grant actor, boolean recording, boolean paused);

  /**
   * The same, and whether the tracks of single participants are kept with it.
   *
   * @param tracks empty leaves that as it is
   */
  default CompletionStage<RoomStatus> setRecording(
      Grant actor, boolean recording, boolean paused, Optional<Boolean> tracks) {
    return setRecording(actor, recording, paused);
  }

  /** Begins a break that lasts until then, changes its end, or ends it when that is null. */
  default CompletionStage<RoomStatus> takeBreak(Grant actor, @Nullable Instant until) {
    throw new UnsupportedOperationException("break");
  }

  /** Turns to a page of slides and puts it up, or takes them down where {@code deck} is "". */
  default CompletionStage<RoomStatus> setSlides(Grant actor, String deck, int page) {
    throw new UnsupportedOperationException("slides");
  }

  /** Ends the class for everybody. */
  CompletionStage<RoomStatus> end(Grant actor);
}
