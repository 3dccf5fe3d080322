package dev.amphi.server.load.hls;

import java.util.ArrayList;
import java.util.List;

/**
 * What of a rendition is still to be loaded: everything behind a place that moves forward, parts
 * where the playlist lists them, whole segments where it does not. Pure.
 */
final class RenditionCursor {
  private long sequence = -1;
  private int part;

  /**
   * Something to load.
   *
   * @param uri as the playlist has it
   * @param initUri of the initialization segment that it needs
   */
  record Load(String uri, String initUri, long startNanos, long durationNanos) {
    long endNanos() {
      return startNanos + durationNanos;
    }
  }

  /**
   * What is new in a playlist, oldest first. The first call also chooses where to begin: at the
   * last independent place that is at least the hold-back behind the edge.
   */
  List<Load> take(MediaPlaylist playlist) {
    if (sequence < 0) {
      begin(playlist);
    }
    List<Load> loads = new ArrayList<>();
    for (MediaSegment segment : playlist.segments()) {
      if (segment.sequence() >= sequence) {
        take(segment, loads);
      }
    }
    return loads;
  }

  private void begin(MediaPlaylist playlist) {
    if (playlist.segments().isEmpty()) {
      return;
    }
    long wanted = playlist.edgeNanos() - playlist.holdBackNanos();
    sequence = playlist.segments().getFirst().sequence();
    for (MediaSegment segment : playlist.segments()) {
      if (segment.startNanos() <= wanted) {
        sequence = segment.sequence();
        part = 0;
      }
      for (int i = 0; i < segment.parts().size(); i++) {
        MediaPart candidate = segment.parts().get(i);
        if (candidate.independent() && candidate.startNanos() <= wanted) {
          sequence = segment.sequence();
          part = i;
        }
      }
    }
  }

  private void take(MediaSegment segment, List<Load> loads) {
    int from = segment.sequence() == sequence ? part : 0;
    sequence = segment.sequence();
    List<MediaPart> parts = segment.parts();
    for (int i = from; i < parts.size(); i++) {
      MediaPart next = parts.get(i);
      if (!next.gap()) {
        loads.add(new Load(next.uri(), segment.initUri(), next.startNanos(), next.durationNanos()));
      }
    }
    part = Math.max(from, parts.size());
    if (segment.complete()) {
      // Older segments list no parts; one whose parts were dropped half-way is loaded whole.
      if (parts.isEmpty() && !segment.gap()) {
        loads.add(
            new Load(
                segment.uri(), segment.initUri(), segment.startNanos(), segment.durationNanos()));
      }
      sequence = segment.sequence() + 1;
      part = 0;
    }
  }
}
