package dev.amphi.interactive.sctp;

import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts messages together again (RFC 9260 §6.9): fragments of one message have consecutive TSNs.
 * Whoever calls bounds what it holds.
 */
final class Reassembly {
  /** No sender needs more for the largest message; bounds the work that a chunk can make. */
  static final int MAX_FRAGMENTS = 256;

  private final int messageBytes;
  private final NavigableMap<Long, Fragment> fragments = new TreeMap<>();
  private long heldBytes;
  private boolean tooLarge;

  /**
   * @param messageBytes the largest message
   */
  Reassembly(int messageBytes) {
    this.messageBytes = messageBytes;
  }

  long heldBytes() {
    return heldBytes;
  }

  /** Whether a message came that is larger than was agreed. */
  boolean tooLarge() {
    return tooLarge;
  }

  /** Takes a fragment; the message that it completes, or null. */
  @Nullable InboundMessage add(Fragment fragment) {
    if (fragment.first() && fragment.last()) {
      tooLarge |= fragment.data.length > messageBytes;
      return new InboundMessage(fragment, fragment.data);
    }
    fragments.put(fragment.tsn, fragment);
    heldBytes += fragment.heldBytes();
    Fragment first = end(fragment, -1);
    Fragment last = end(fragment, 1);
    int count = (int) (last.tsn - first.tsn) + 1;
    int length = 0;
    for (Fragment part : fragments.subMap(first.tsn, true, last.tsn, true).values()) {
      length += part.data.length;
    }
    tooLarge |= length > messageBytes || count > MAX_FRAGMENTS;
    return first.first() && last.last() && !tooLarge ? join(first, last, length) : null;
  }

  /** The furthest fragment of the same message that is connected with this one. */
  private Fragment end(Fragment from, int step) {
    Fragment at = from;
    for (int i = 0; i <= MAX_FRAGMENTS; i++) {
      Fragment next = fragments.get(at.tsn + step);
      if (next == null || !(step > 0 ? next.continues(at) : at.continues(next))) {
        break;
      }
      at = next;
    }
    return at;
  }

  private InboundMessage join(Fragment first, Fragment last, int length) {
    byte[] data = new byte[length];
    int at = 0;
    for (long tsn = first.tsn; tsn <= last.tsn; tsn++) {
      Fragment part = fragments.remove(tsn);
      if (part != null) {
        System.arraycopy(part.data, 0, data, at, part.data.length);
        at += part.data.length;
        heldBytes -= part.heldBytes();
      }
    }
    return new InboundMessage(first, data);
  }

  /** The far side gave up everything up to this TSN (RFC 3758 §3.6). */
  void skipTo(long tsn) {
    NavigableMap<Long, Fragment> skipped = fragments.headMap(tsn, true);
    for (Fragment fragment : skipped.values()) {
      heldBytes -= fragment.heldBytes();
    }
    skipped.clear();
  }
}
