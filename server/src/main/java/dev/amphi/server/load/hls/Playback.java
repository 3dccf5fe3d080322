package dev.amphi.server.load.hls;

import java.util.function.LongSupplier;

/** A playhead that the loaders of several tracks share; thread-safe. */
final class Playback {
  private final Playhead playhead;
  private final LongSupplier nanoTime;
  private final long joinedNanos;
  private long startupNanos = -1;

  Playback(int tracks, LongSupplier nanoTime, Playhead.Screen screen) {
    playhead = new Playhead(tracks, screen);
    this.nanoTime = nanoTime;
    joinedNanos = nanoTime.getAsLong();
  }

  synchronized void edge(MediaPlaylist playlist) {
    if (!playlist.segments().isEmpty()) {
      playhead.edge(
          playlist.edgeNanos(),
          playlist.holdBackNanos(),
          playlist.targetNanos(),
          nanoTime.getAsLong());
    }
  }

  synchronized void buffered(int track, RenditionCursor.Load load) {
    long now = nanoTime.getAsLong();
    playhead.buffered(track, load.startNanos(), load.endNanos(), now);
    if (startupNanos < 0 && playhead.started()) {
      startupNanos = now - joinedNanos;
    }
  }

  synchronized void mark(long mediaNanos, long mark) {
    playhead.mark(mediaNanos, mark);
  }

  /** How it went until now. */
  synchronized ViewerReport report(int errors, String lastError) {
    playhead.advance(nanoTime.getAsLong());
    return new ViewerReport(
        startupNanos, playhead.stalls(), playhead.stalledNanos(), errors, lastError);
  }
}
