package dev.amphi.interactive.signal;

import dev.amphi.interactive.api.TrackView.Kind;

/** What the server wants from each section of an offer. */
public interface Terms {
  /** Whether the server takes what the far side sends there. */
  boolean receive(String mid, Kind kind);

  /** Whether the server sends there, when the far side also sends. */
  boolean sendBack(String mid);

  /** Whether the server wants data channels (RFC 8841). */
  default boolean data() {
    return false;
  }

  /** The slot's lasting identity. */
  SlotSources slot(String mid);
}
