package dev.amphi.interactive.transport.ice;

import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pairs of one session that may be heard; a few, of which the longest silent gives way. */
final class ValidPairs {
  private final int most;
  private final List<ValidPair> pairs = new ArrayList<>();

  ValidPairs(int most) {
    this.most = most;
  }

  @Nullable ValidPair find(AddressPair address) {
    for (ValidPair pair : pairs) {
      if (pair.address.equals(address)) {
        return pair;
      }
    }
    return null;
  }

  void add(ValidPair pair) {
    pairs.add(pair);
  }

  void remove(ValidPair pair) {
    pairs.remove(pair);
  }

  /** The one that has to go for another to come, never {@code kept}; null while there is room. */
  @Nullable ValidPair supernumerary(@Nullable ValidPair kept) {
    if (pairs.size() < most) {
      return null;
    }
    ValidPair oldest = null;
    for (ValidPair pair : pairs) {
      if (pair != kept && (oldest == null || pair.heardNanos - oldest.heardNanos < 0)) {
        oldest = pair;
      }
    }
    return oldest;
  }

  /** Of the proved ones of that generation the one that was heard last, or null. */
  @Nullable ValidPair newestProved(Generation generation) {
    ValidPair newest = null;
    for (ValidPair pair : pairs) {
      if (pair.proved
          && pair.generation == generation
          && (newest == null || pair.heardNanos - newest.heardNanos > 0)) {
        newest = pair;
      }
    }
    return newest;
  }

  /** Something authentic came from that address. */
  void heard(SocketAddress remote, long nowNanos) {
    for (ValidPair pair : pairs) {
      if (pair.address.remote().equals(remote)) {
        pair.heardNanos = nowNanos;
      }
    }
  }

  List<AddressPair> addresses() {
    return pairs.stream().map(pair -> pair.address).toList();
  }
}
