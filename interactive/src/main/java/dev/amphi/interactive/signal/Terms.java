package dev.amphi.interactive.signal;

import dev.amphi.interactive.api.TrackView.Kind;

/** What the server wants from each section of an offer. */
public interface Terms {
  /** Whether the server takes what the far side sends there. */
  boolean receive(String mid, Kind kind);

  /** Whether the server sends there, when the far side also sends. */
  boolean sendBack(String mid);

  /** The slot's lasting identity. */
  SlotSources slot(String mid);
}
