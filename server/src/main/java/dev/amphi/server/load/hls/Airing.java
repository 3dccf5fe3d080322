package dev.amphi.server.load.hls;

import java.net.URI;

/** Looks whether a program can be watched. */
public final class Airing {
  private Airing() {}

  /** Whether its playlist holds as much media as a player wants to be behind the edge. */
  public static boolean canStart(Fetcher fetcher, URI multivariant) throws InterruptedException {
    try {
      MultivariantPlaylist program = MultivariantPlaylist.parse(fetcher.text(multivariant));
      if (program.variants().isEmpty()) {
        return false;
      }
      URI media = multivariant.resolve(program.variants().getFirst().uri());
      MediaPlaylist playlist = MediaPlaylistParser.parse(fetcher.text(media));
      return !playlist.segments().isEmpty()
          && playlist.edgeNanos() - playlist.segments().getFirst().startNanos()
              >= playlist.holdBackNanos();
    } catch (FetchException | PlaylistException e) {
      return false;
    }
  }
}
