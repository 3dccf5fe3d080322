package dev.amphi.interactive.sctp;

import static dev.amphi.interactive.rtp.ByteFields.u16;
import static dev.amphi.interactive.rtp.ByteFields.u32;

import java.util.List;
import java.util.function.Consumer;

/**
 * The receiving half of an association: DATA and FORWARD TSN in, whole messages and SACKs out.
 *
 * <pre>
 * DATA ─▶ ReceivedNumbers ─▶ Reassembly ─▶ InboundStreams ─▶ listener
 * </pre>
 */
final class Inbound {
  /** RFC 9260 §6.2: a SACK for every second packet, and within 200 ms. */
  private static final long ACK_DELAY_NANOS = 200_000_000L;

  private static final int PACKETS_PER_ACK = 2;

  private final SctpConfig config;
  private final SctpStats stats;
  private final ReceivedNumbers received;
  private final Reassembly reassembly;
  private final InboundStreams streams;
  private int unacknowledgedPackets;
  private boolean packetHasData;
  private boolean ackNow;
  private long ackByNanos = Long.MAX_VALUE;

  Inbound(SctpConfig config, long initialTsn, SctpStats stats, Consumer<InboundMessage> messages) {
    this.config = config;
    this.stats = stats;
    this.received = new ReceivedNumbers(initialTsn);
    this.reassembly = new Reassembly(config.messageBytes());
    this.streams = new InboundStreams(messages);
    this.ackNow = false;
  }

  long cumulative() {
    return received.cumulative();
  }

  long heldBytes() {
    return reassembly.heldBytes() + streams.heldBytes();
  }

  /** What the far side may still send. */
  private long windowBytes() {
    return Math.max(0, config.receiveBytes() - heldBytes());
  }

  /** Takes a DATA chunk's value; false when the far side broke an agreement and has to go. */
  boolean onData(int flags, byte[] in, int at, int length) {
    if (length <= Fragment.HEADER_BYTES) {
      // RFC 9260 §6.2: no user data is a reason to end the association.
      return false;
    }
    packetHasData = true;
    long tsn = Serial.near32(received.cumulative(), u32(in, at));
    int stream = u16(in, at + 4);
    ackNow |= (flags & ChunkType.IMMEDIATE) != 0;
    if (received.contains(tsn)) {
      stats.duplicates++;
      received.addDuplicate(tsn);
      ackNow = true;
      return true;
    }
    if (!hasRoom(tsn, length - Fragment.HEADER_BYTES)) {
      stats.refusedChunks++;
      ackNow = true;
      return true;
    }
    received.add(tsn);
    ackNow |= received.gaps();
    if (stream >= config.streams()) {
      // Acknowledged, or it would come for ever; RFC 9260 §6.5 then has it thrown away.
      stats.refusedChunks++;
      return true;
    }
    InboundMessage whole = reassembly.add(new Fragment(tsn, flags, in, at, length));
    if (reassembly.tooLarge()) {
      return false;
    }
    if (whole != null) {
      streams.add(whole);
    }
    return true;
  }

  /**
   * What fills the first hole may go beyond the window by one message: else the far side could be
   * stuck behind what came out of order.
   */
  private boolean hasRoom(long tsn, int bytes) {
    long limit =
        (long) config.receiveBytes()
            + (tsn == received.cumulative() + 1 ? config.messageBytes() : 0);
    return received.withinWindow(tsn) && heldBytes() + bytes + Fragment.OVERHEAD_BYTES <= limit;
  }

  /** Takes a FORWARD TSN's value (RFC 3758 §3.6). */
  void onForwardTsn(byte[] in, int at, int length) {
    if (length < 4) {
      stats.malformed++;
      return;
    }
    ackNow = true;
    long tsn = Serial.near32(received.cumulative(), u32(in, at));
    if (tsn <= received.cumulative()) {
      return;
    }
    received.skipTo(tsn);
    reassembly.skipTo(tsn);
    for (int i = at + 4; i + 4 <= at + length; i += 4) {
      if (u16(in, i) < config.streams()) {
        streams.skipTo(u16(in, i), u16(in, i + 2));
      }
    }
  }

  void reset(List<Integer> streamIds) {
    if (streamIds.isEmpty()) {
      streams.resetAll();
    } else {
      streams.reset(streamIds);
    }
  }

  /** A packet was read to its end: decides when to acknowledge it. */
  void endPacket(long nowNanos) {
    if (packetHasData) {
      packetHasData = false;
      unacknowledgedPackets++;
      ackNow |= unacknowledgedPackets >= PACKETS_PER_ACK;
      ackByNanos = Math.min(ackByNanos, nowNanos + ACK_DELAY_NANOS);
    }
  }

  /** Whether a SACK is to go out; once there is a packet anyway it may go along earlier. */
  boolean ackDue(long nowNanos) {
    return ackNow || nowNanos >= ackByNanos;
  }

  boolean ackWaits() {
    return ackNow || ackByNanos != Long.MAX_VALUE;
  }

  long nextDeadlineNanos() {
    return ackNow ? Long.MIN_VALUE : ackByNanos;
  }

  void writeSack(PacketWriter out) {
    received.writeSack(out, windowBytes());
    ackNow = false;
    unacknowledgedPackets = 0;
    ackByNanos = Long.MAX_VALUE;
  }
}
