package dev.amphi.interactive.fec;

import dev.amphi.interactive.rtp.HeaderExtension;
import dev.amphi.interactive.rtp.HeaderExtensions;
import dev.amphi.interactive.rtp.RtpPacket;

/**
 * One parity packet for some packets of one stream, as browsers read it: FlexFEC in the form of
 * draft-ietf-payload-flexible-fec-scheme-03 §4.2, with a mask of 15 packets. Any one of the packets
 * in a block can be made from the others and the parity. Packets are added up as they go out;
 * nothing of them is kept.
 *
 * <p>What a pacer may still write into a packet (the time it leaves, its number in the transport)
 * counts as zeros, for the receiver sees it so too.
 */
public final class FlexFecEncoder {
  /** Sequence numbers that one block can span. */
  public static final int MAX_SPAN = 15;

  private static final int HEADER = 20;

  private final int sendTimeId;
  private final int transportSequenceId;
  private byte[] parity = {}; // until there is something to protect
  private int bodyLength;
  private int packets;
  private int base;
  private int mask;
  private long firstNanos;

  /** An encoder for packets whose extensions have these ids. */
  public FlexFecEncoder(HeaderExtensions extensions) {
    sendTimeId = extensions.id(HeaderExtension.ABS_SEND_TIME);
    transportSequenceId = extensions.id(HeaderExtension.TRANSPORT_CC);
  }

  /** Packets in the open block. */
  public int packets() {
    return packets;
  }

  /** When the open block began. */
  public long firstNanos() {
    return firstNanos;
  }

  /** Whether the open block can still take a packet with this number, late ones included. */
  public boolean fits(int sequence) {
    int distance = (short) (sequence - base);
    if (packets == 0) {
      return true;
    }
    return distance >= 0
        ? distance < MAX_SPAN && (mask & bit(distance)) == 0
        : distance > -MAX_SPAN && (mask & ((1 << -distance) - 1)) == 0;
  }

  /** Whether the open block has no room behind this number. */
  public boolean endsAt(int sequence) {
    return packets > 0 && (short) (sequence - base) >= MAX_SPAN - 1;
  }

  /** Adds a packet that {@link #fits}. */
  public void protect(RtpPacket packet, long nowNanos) {
    if (packets == 0) {
      base = packet.sequence();
      firstNanos = nowNanos;
      parity = parity.length == 0 ? new byte[HEADER + RtpPacket.MAX_LENGTH] : parity;
    }
    int distance = (short) (packet.sequence() - base);
    if (distance < 0) {
      base = packet.sequence();
      mask >>= -distance;
      distance = 0;
    }
    mask |= bit(distance);
    packets++;
    byte[] b = packet.buffer();
    int at = packet.offset();
    int body = packet.length() - RtpPacket.FIXED_HEADER;
    parity[0] ^= (byte) (b[at] & 0x3F);
    parity[1] ^= b[at + 1];
    parity[2] ^= (byte) (body >> 8);
    parity[3] ^= (byte) body;
    add(b, at + 4, 4, 4);
    add(b, at + RtpPacket.FIXED_HEADER, body, HEADER);
    bodyLength = Math.max(bodyLength, body);
    takeBack(packet, sendTimeId);
    takeBack(packet, transportSequenceId);
  }

  private static int bit(int distance) {
    return 1 << (MAX_SPAN - 1 - distance);
  }

  private void add(byte[] from, int offset, int count, int to) {
    for (int i = 0; i < count; i++) {
      parity[to + i] ^= from[offset + i];
    }
  }

  /** Adding twice is not having added. */
  private void takeBack(RtpPacket packet, int id) {
    int length = packet.extensionLength(id);
    if (length > 0) {
      int at = packet.extensionOffset(id);
      int body = at - packet.offset() - RtpPacket.FIXED_HEADER;
      add(packet.buffer(), at, length, HEADER + body);
    }
  }

  /**
   * Closes the block: fills a packet whose RTP header is written; false, and the block is lost,
   * when it does not fit.
   *
   * @param protectedSsrc whose packets they were
   */
  public boolean finish(RtpPacket out, long protectedSsrc) {
    parity[8] = 1; // one stream
    for (int i = 0; i < 4; i++) {
      parity[12 + i] = (byte) (protectedSsrc >> (24 - 8 * i));
    }
    parity[16] = (byte) (base >> 8);
    parity[17] = (byte) base;
    parity[18] = (byte) (0x80 | mask >> 8); // the K bit: this is the whole mask
    parity[19] = (byte) mask;
    boolean fitted = out.appendPayload(parity, 0, HEADER + bodyLength);
    reset();
    return fitted;
  }

  /** How long the payload would be by now. */
  public int length() {
    return HEADER + bodyLength;
  }

  /** Forgets the open block. */
  public void reset() {
    if (packets > 0) {
      java.util.Arrays.fill(parity, 0, HEADER + bodyLength, (byte) 0);
    }
    bodyLength = 0;
    packets = 0;
    mask = 0;
  }
}
