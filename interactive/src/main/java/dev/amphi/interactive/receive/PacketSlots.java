package dev.amphi.interactive.receive;

import java.util.Arrays;

/**
 * Payloads that came before their turn, by sequence number, in a ring: a newer one takes the place
 * of one that is a whole ring older. A place's bytes are allocated when it is used first.
 */
final class PacketSlots {
  private static final byte[] NOTHING = new byte[0];
  private static final long EMPTY = Long.MIN_VALUE;

  private final int mask;
  private final long[] sequences;
  private final byte[][] payloads;
  private final int[] lengths;
  private final long[] timestamps;
  private final long[] arrivals;
  private final boolean[] markers;
  private final boolean[] keyStarts;
  private long highest = EMPTY;

  /** Slots for {@code capacity} packets, a power of two. */
  PacketSlots(int capacity) {
    mask = capacity - 1;
    sequences = new long[capacity];
    payloads = new byte[capacity][];
    lengths = new int[capacity];
    timestamps = new long[capacity];
    arrivals = new long[capacity];
    markers = new boolean[capacity];
    keyStarts = new boolean[capacity];
    Arrays.fill(sequences, EMPTY);
    Arrays.fill(payloads, NOTHING);
  }

  int capacity() {
    return mask + 1;
  }

  /** Keeps a copy of a payload. */
  void put(
      long sequence,
      byte[] payload,
      int offset,
      int length,
      long timestamp,
      boolean marker,
      boolean keyStart,
      long arrivalNanos) {
    int i = (int) sequence & mask;
    if (payloads[i].length < length) {
      payloads[i] = new byte[Math.max(length, 1280)];
    }
    System.arraycopy(payload, offset, payloads[i], 0, length);
    sequences[i] = sequence;
    lengths[i] = length;
    timestamps[i] = timestamp;
    markers[i] = marker;
    keyStarts[i] = keyStart;
    arrivals[i] = arrivalNanos;
    highest = Math.max(highest, sequence);
  }

  boolean has(long sequence) {
    return sequences[(int) sequence & mask] == sequence;
  }

  /** The lowest kept number from {@code from} on, or -1. */
  long lowest(long from, boolean keyStart) {
    for (long s = Math.max(from, highest - mask); s <= highest; s++) {
      if (has(s) && (!keyStart || keyStarts[(int) s & mask])) {
        return s;
      }
    }
    return -1;
  }

  /** The highest number ever kept. */
  long highest() {
    return highest;
  }

  byte[] payload(long sequence) {
    return payloads[(int) sequence & mask];
  }

  int length(long sequence) {
    return lengths[(int) sequence & mask];
  }

  long timestamp(long sequence) {
    return timestamps[(int) sequence & mask];
  }

  long arrivalNanos(long sequence) {
    return arrivals[(int) sequence & mask];
  }

  boolean marker(long sequence) {
    return markers[(int) sequence & mask];
  }

  /** Gives the place back. */
  void remove(long sequence) {
    sequences[(int) sequence & mask] = EMPTY;
  }

  void clear() {
    Arrays.fill(sequences, EMPTY);
    highest = EMPTY;
  }
}
