package dev.amphi.packager.api;

import java.util.List;

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

  /** Hears of each change of a recording's state, on the packager's own thread. */
  void onRecordingChanged(RecordingListener listener);

  /** Hears of a recording's change. */
  interface RecordingListener {
    /** The recording is now as {@code view} says. */
    void changed(RecordingView view);
  }

  @Override
  void close();
}
