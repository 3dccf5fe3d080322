package dev.amphi.interactive.transport;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The addresses from which ICE has proved that the participant sends. A few at a time: a phone that
 * changes its network brings a new one, and the oldest goes.
 */
final class ValidatedSources {
  private static final int KEPT = 8;

  private final @Nullable SocketAddress[] sources = new @Nullable SocketAddress[KEPT];
  private int next;

  boolean contains(SocketAddress source) {
    for (SocketAddress known : sources) {
      if (source.equals(known)) {
        return true;
      }
    }
    return false;
  }

  void add(SocketAddress source) {
    if (!contains(source)) {
      sources[next] = source;
      next = (next + 1) % KEPT;
    }
  }
}
