package dev.amphi.interactive.transport.srtp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A map from SSRC to what belongs to it, without boxing; small, capped, never shrinks. */
final class SsrcTable<V> {
  private final int cap;
  private int[] ssrcs = new int[8];
  private @Nullable Object[] values = new @Nullable Object[8];
  private int size;

  SsrcTable(int cap) {
    this.cap = cap;
  }

  /** Linear: a participant has a handful of sources. */
  @SuppressWarnings("unchecked") // only put() writes values, and it takes a V
  @Nullable V get(int ssrc) {
    for (int i = 0; i < size; i++) {
      if (ssrcs[i] == ssrc) {
        return (V) values[i];
      }
    }
    return null;
  }

  boolean full() {
    return size == cap;
  }

  void put(int ssrc, V value) {
    if (size == ssrcs.length) {
      ssrcs = Arrays.copyOf(ssrcs, size * 2);
      values = Arrays.copyOf(values, size * 2);
    }
    ssrcs[size] = ssrc;
    values[size++] = value;
  }
}
