package dev.amphi.interactive.bandwidth;

import dev.amphi.interactive.rtp.RtpPacket;

/**
 * Copies of packets that wait, first in, first out, at most {@code capacity}. Their buffers are
 * used again; those that were not needed for a while are let go.
 */
final class PacketQueue {
  /** Longer than from one key frame, which has to wait, to the next. */
  static final long KEPT_NANOS = 2_000_000_000L;

  private static final byte[] NOTHING = {};

  private final byte[][] packets;
  private final int[] lengths;
  private final long[] queuedNanos;
  private final byte[][] spare;
  private final RtpPacket wrapped = new RtpPacket();
  private int spares;
  private int head;
  private int count;
  private long bytes;
  private int most;
  private long keptUntilNanos = Long.MAX_VALUE;

  PacketQueue(int capacity) {
    packets = new byte[capacity][];
    lengths = new int[capacity];
    queuedNanos = new long[capacity];
    spare = new byte[capacity][];
  }

  boolean isFull() {
    return count == packets.length;
  }

  /** Copies a packet in; there must be room. */
  void add(byte[] buffer, int offset, int length, long nowNanos) {
    if (isFull()) {
      throw new IllegalStateException("All " + count + " places are taken");
    }
    byte[] copy = buffer();
    System.arraycopy(buffer, offset, copy, 0, length);
    int place = (head + count++) % packets.length;
    packets[place] = copy;
    lengths[place] = length;
    queuedNanos[place] = nowNanos;
    bytes += length;
    most = Math.max(most, count);
    if (keptUntilNanos == Long.MAX_VALUE) {
      keptUntilNanos = nowNanos + KEPT_NANOS;
    }
  }

  private byte[] buffer() {
    if (spares == 0) {
      return new byte[RtpPacket.MAX_LENGTH + RtpPacket.TAIL_ROOM];
    }
    byte[] kept = spare[--spares];
    spare[spares] = NOTHING;
    return kept;
  }

  /** Lets go of the buffers that were not needed since the last time. */
  void poll(long nowNanos) {
    if (nowNanos < keptUntilNanos) {
      return;
    }
    while (spares > most - count) {
      spare[--spares] = NOTHING;
    }
    most = count;
    keptUntilNanos = spares + count == 0 ? Long.MAX_VALUE : nowNanos + KEPT_NANOS;
  }

  /** Buffers that are kept for packets to come. */
  int spares() {
    return spares;
  }

  /** When {@link #poll} has something to do, or {@code Long.MAX_VALUE}. */
  long nextDeadlineNanos() {
    return keptUntilNanos;
  }

  /**
   * Drops the packets with this SSRC.
   *
   * @param newest a sequence number
   * @return how many were dropped when their numbers were all those up to this one, else 0
   */
  int removeAll(long ssrc, int newest) {
    int before = count;
    int furthest = 0;
    for (int left = count; left > 0; left--) {
      byte[] packet = packets[head];
      int length = lengths[head];
      long queued = queuedNanos[head];
      packets[head] = NOTHING;
      head = (head + 1) % packets.length;
      count--;
      if (wrapped.wrap(packet, 0, length) && wrapped.ssrc() == ssrc) {
        furthest = Math.max(furthest, (newest - wrapped.sequence()) & 0xFFFF);
        spare[spares++] = packet;
        bytes -= length;
      } else {
        int place = (head + count++) % packets.length;
        packets[place] = packet;
        lengths[place] = length;
        queuedNanos[place] = queued;
      }
    }
    int dropped = before - count;
    return dropped == furthest + 1 ? dropped : 0;
  }

  boolean isEmpty() {
    return count == 0;
  }

  int size() {
    return count;
  }

  /** The length of all that wait. */
  long bytes() {
    return bytes;
  }

  /** The first packet's bytes, from 0; with room for SRTP behind. */
  byte[] firstPacket() {
    return packets[head];
  }

  int firstLength() {
    return lengths[head];
  }

  /** Since when the first packet waits. */
  long firstQueuedNanos() {
    return queuedNanos[head];
  }

  /** Drops the first packet; its buffer is used again. */
  void removeFirst() {
    bytes -= lengths[head];
    spare[spares++] = packets[head];
    packets[head] = NOTHING;
    head = (head + 1) % packets.length;
    count--;
  }
}
