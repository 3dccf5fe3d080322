package dev.amphi.server.load.hls;

import dev.amphi.server.load.LoadFailed;
import java.net.URI;
import java.util.List;

/**
 * A media playlist of a live class as a player finds it.
 *
 * @param address of the list
 * @param nextMsn segment of the first part that is not there yet
 * @param nextPart its place in that segment
 * @param parts addresses of all that are listed, in order
 * @param segments addresses of the whole ones, in order
 */
public record LiveList(
    URI address, long nextMsn, int nextPart, List<URI> parts, List<URI> segments) {
  /** The best pictures and the sound of a program, two lists. */
  public static List<URI> of(Fetcher fetcher, URI multivariant)
      throws LoadFailed, InterruptedException {
    try {
      MultivariantPlaylist program = MultivariantPlaylist.parse(fetcher.text(multivariant));
      if (program.variants().isEmpty()) {
        throw new LoadFailed("The program has no pictures.");
      }
      return List.of(
          multivariant.resolve(program.variants().getFirst().uri()),
          multivariant.resolve(program.audioUri()));
    } catch (FetchException | PlaylistException e) {
      throw new LoadFailed("The program cannot be read: " + e.getMessage());
    }
  }

  /** Reads a list, which may wait as its query says. */
  public static LiveList read(Fetcher fetcher, URI address)
      throws LoadFailed, InterruptedException {
    try {
      MediaPlaylist list = MediaPlaylistParser.parse(fetcher.text(address));
      MediaPlaylist.Cursor next = list.next();
      return new LiveList(
          address,
          next.sequence(),
          next.part(),
          list.segments().stream()
              .flatMap(segment -> segment.parts().stream())
              .map(part -> address.resolve(part.uri()))
              .toList(),
          list.segments().stream()
              .filter(MediaSegment::complete)
              .map(segment -> address.resolve(segment.uri()))
              .toList());
    } catch (FetchException | PlaylistException e) {
      throw new LoadFailed("A list cannot be read: " + e.getMessage());
    }
  }
}
