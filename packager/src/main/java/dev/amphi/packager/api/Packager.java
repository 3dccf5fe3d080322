package dev.amphi.packager.api;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The broadcasts and recordings of this node. Thread-safe. */
public interface Packager extends AutoCloseable {
  /**
   * Opens the broadcast of a room for its owner; the playlists are there at once, empty of media.
   *
   * @param epoch the owner's epoch; paths and journals carry it and a lower one is refused
   */
  Broadcast open(String roomId, long epoch);

  /** Every recording of a room, the oldest first, also those of earlier runs. */
  List<RecordingView> recordings(String roomId);

  /** One recording of a room. */
  default Optional<RecordingView> recording(String roomId, String recordingId) {
    return recordings(roomId).stream().filter(view -> view.id().equals(recordingId)).findFirst();
  }

  /** Every recording of every room, in no order. */
  List<RecordingView> recordings();

  /**
   * Writes on a recording, whatever its state; fails with {@link RecordingRefused}.
   *
   * @param title what people call it, one line; empty leaves it as it is
   * @param published whether those who do not moderate may see it; empty leaves that as it is
   */
  CompletionStage<RecordingView> label(
      String roomId, String recordingId, Optional<String> title, Optional<Boolean> published);

  /**
   * Erases a recording that is over, its key first; fails with {@link RecordingRefused}. Nobody
   * finds it any more from this call on.
   */
  CompletionStage<Void> erase(String roomId, String recordingId);

  /**
   * Puts a recording under a legal hold, or ends that; fails with {@link RecordingRefused}.
   *
   * @param on no one and no retention erases it
   */
  CompletionStage<RecordingView> hold(String roomId, String recordingId, boolean on);

  /**
   * Cuts a part out of a recording that is ready, beside it and in place of an earlier one; fails
   * with {@link RecordingRefused}. Nothing is coded anew: it begins at the picture at or before
   * {@code fromS} that can be decoded by itself.
   *
   * @param fromS seconds from the recording's beginning, as {@code toS}
   */
  CompletionStage<RecordingView> trim(String roomId, String recordingId, double fromS, double toS);

  /** Erases the part that was cut out; the recording stays. Fails as {@link #trim}. */
  CompletionStage<RecordingView> untrim(String roomId, String recordingId);

  /**
   * Composes a recording that is ready again of its tracks, beside it; answers when that has begun.
   * One that is there or on its way stays as it is. Fails with {@link RecordingRefused}.
   */
  CompletionStage<RecordingView> compose(
      String roomId, String recordingId, TrackComposer.Show show);

  /** Erases what was composed again, or ends that it is made. Fails as {@link #compose}. */
  CompletionStage<RecordingView> uncompose(
      String roomId, String recordingId, TrackComposer.Show show);

  /** Reads all of a recording to see whether it is what was recorded. */
  CompletionStage<Integrity> verify(String roomId, String recordingId);

  /** Hears of each change of a recording's state, on the packager's own thread. */
  void onRecordingChanged(RecordingListener listener);

  /** Hears of a recording's change. */
  interface RecordingListener {
    /** The recording is now as {@code view} says. */
    void changed(RecordingView view);

    /** An earlier run had made this one already, and this run found it. */
    default void found(RecordingView view) {
      changed(view);
    }

    /** The recording is gone for good. */
    default void erased(String roomId, String recordingId) {}
  }

  @Override
  void close();
}
