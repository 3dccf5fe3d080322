package dev.amphi.composer.audio;

import java.nio.ByteBuffer;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Coded packets of one voice that wait to be decoded, in the order of their time. Bounded: when it
 * is full the oldest goes.
 */
final class PacketBuffer {
  private static final int CAPACITY = 64; // 1.3 s of 20 ms packets
  private static final int MOST_BYTES = 1_500;

  private final TreeMap<Long, byte[]> packets = new TreeMap<>();
  private long dropped;

  /** Copies a packet. */
  void offer(long ticks, ByteBuffer payload) {
    if (payload.remaining() > MOST_BYTES) {
      dropped++;
      return;
    }
    byte[] copy = new byte[payload.remaining()];
    payload.duplicate().get(copy);
    packets.put(ticks, copy);
    if (packets.size() > CAPACITY) {
      packets.pollFirstEntry();
      dropped++;
    }
  }

  /** Time of the first packet, or {@link Long#MAX_VALUE}. */
  long firstTicks() {
    return packets.isEmpty() ? Long.MAX_VALUE : packets.firstKey();
  }

  byte @Nullable [] take() {
    var entry = packets.pollFirstEntry();
    return entry == null ? null : entry.getValue();
  }

  /**
   * Drops what begins outside of a span. What a sender once put far into the future would else fill
   * the buffer and keep everything real out.
   */
  void keep(long fromTicks, long toTicks) {
    int before = packets.size();
    packets.headMap(fromTicks).clear();
    packets.tailMap(toTicks).clear();
    dropped += before - packets.size();
  }

  long dropped() {
    return dropped;
  }
}
