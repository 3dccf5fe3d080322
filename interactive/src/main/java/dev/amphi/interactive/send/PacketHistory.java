package dev.amphi.interactive.send;

/**
 * The newest packets sent, unprotected, by sequence number, in a ring of fixed length. Bytes of a
 * place are allocated when it is used first.
 */
final class PacketHistory {
  private static final byte[] NOTHING = new byte[0];
  private static final int PLACE = 1280;
  private static final int ABSENT = -1;

  private final int mask;
  private final int[] sequences;
  private final byte[][] packets;
  private final int[] lengths;
  private final long[] sentNanos;
  private final boolean[] resent;

  /** A history of {@code capacity} packets, a power of two; 0 keeps nothing. */
  PacketHistory(int capacity) {
    mask = capacity - 1;
    sequences = new int[capacity];
    packets = new byte[capacity][];
    lengths = new int[capacity];
    sentNanos = new long[capacity];
    resent = new boolean[capacity];
    java.util.Arrays.fill(sequences, ABSENT);
    java.util.Arrays.fill(packets, NOTHING);
  }

  /** Keeps a copy of a packet. */
  void put(int sequence, byte[] packet, int offset, int length, long nowNanos) {
    if (mask < 0) {
      return;
    }
    int i = sequence & mask;
    if (packets[i].length < length) {
      packets[i] = new byte[Math.max(length, PLACE)];
    }
    System.arraycopy(packet, offset, packets[i], 0, length);
    sequences[i] = sequence;
    lengths[i] = length;
    sentNanos[i] = nowNanos;
    resent[i] = false;
  }

  /** Forgets all packets. */
  void clear() {
    java.util.Arrays.fill(sequences, ABSENT);
  }

  /** The place of a packet, or -1 when it is not kept. */
  int find(int sequence) {
    return mask >= 0 && sequences[sequence & mask] == sequence ? sequence & mask : ABSENT;
  }

  byte[] packet(int place) {
    return packets[place];
  }

  int length(int place) {
    return lengths[place];
  }

  /** When it was sent last. */
  long sentNanos(int place) {
    return sentNanos[place];
  }

  /** Whether it was sent again. */
  boolean resent(int place) {
    return resent[place];
  }

  /** Notes that it was sent again. */
  void markResent(int place, long nowNanos) {
    sentNanos[place] = nowNanos;
    resent[place] = true;
  }
}
