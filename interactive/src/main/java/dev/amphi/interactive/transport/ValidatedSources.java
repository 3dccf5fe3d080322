package dev.amphi.interactive.transport;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The addresses from which ICE has proved that the participant sends. A few at a time: a phone that
 * changes its network brings a new one, and the one that was silent longest goes.
 */
final class ValidatedSources {
  /** Twice the pairs of {@link dev.amphi.interactive.transport.ice.IceLite}. */
  static final int KEPT = 16;

  private final @Nullable SocketAddress[] sources = new @Nullable SocketAddress[KEPT];

  boolean contains(SocketAddress source) {
    for (SocketAddress known : sources) {
      if (source.equals(known)) {
        return true;
      }
    }
    return false;
  }

  /** Adds a source, or keeps it: with each check and authenticated packet, newest first. */
  void add(SocketAddress source) {
    int place = 0;
    while (place < KEPT - 1 && !source.equals(sources[place])) {
      place++;
    }
    System.arraycopy(sources, 0, sources, 1, place);
    sources[0] = source;
  }
}
