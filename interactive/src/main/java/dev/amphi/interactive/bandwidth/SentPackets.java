package dev.amphi.interactive.bandwidth;

/**
 * The newest packets of one transport by their transport-wide number, in fixed arrays: when each
 * left, how long it was, for which probe, and what was heard of it. Numbers run on without end;
 * their low 16 bits are on the wire (transport-cc §2).
 */
final class SentPackets {
  static final int CAPACITY = 4096;
  static final int NO_PLACE = -1;

  private static final int MASK = CAPACITY - 1;
  private static final byte UNKNOWN = 0;
  private static final byte RECEIVED = 1;
  private static final byte LOST = 2;

  private final long[] sentNanos = new long[CAPACITY];
  private final short[] sizes = new short[CAPACITY];
  private final int[] probes = new int[CAPACITY];
  private final byte[] states = new byte[CAPACITY];
  private long next;

  /** Remembers a packet that leaves now; its number. */
  long put(int size, int probe, long nowNanos) {
    int place = (int) next & MASK;
    sentNanos[place] = nowNanos;
    sizes[place] = (short) size;
    probes[place] = probe;
    states[place] = UNKNOWN;
    return next++;
  }

  /** How many were sent. */
  long count() {
    return next;
  }

  /** The newest number sent that has these low 16 bits; may be older than anything remembered. */
  long unwrap(int wire) {
    return next - 1 - ((next - 1 - wire) & 0xFFFF);
  }

  /** Where a packet is, or {@link #NO_PLACE} when it was not sent or is forgotten. */
  int find(long number) {
    return number >= 0 && number < next && number >= next - CAPACITY
        ? (int) number & MASK
        : NO_PLACE;
  }

  long sentNanos(int place) {
    return sentNanos[place];
  }

  int size(int place) {
    return sizes[place];
  }

  /** The probe that it belongs to, or 0. */
  int probe(int place) {
    return probes[place];
  }

  boolean received(int place) {
    return states[place] == RECEIVED;
  }

  boolean lost(int place) {
    return states[place] == LOST;
  }

  void markReceived(int place) {
    states[place] = RECEIVED;
  }

  void markLost(int place) {
    states[place] = LOST;
  }
}
