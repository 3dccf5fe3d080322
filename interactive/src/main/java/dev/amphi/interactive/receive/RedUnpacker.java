package dev.amphi.interactive.receive;

import dev.amphi.interactive.fec.RedReader;
import dev.amphi.interactive.rtp.RtpPacket;

/**
 * Takes packets of RED apart (RFC 2198): makes packets of the earlier frames, and of the packet the
 * one that it would have been without them. The frame before comes from the packet before, and so
 * on back: senders put together what they sent one after the other.
 */
final class RedUnpacker {
  private final RedReader red = new RedReader();
  private final RtpPacket earlier = new RtpPacket();
  private final byte[] buffer = new byte[RtpPacket.MAX_LENGTH];

  /** Looks at a packet; false when its payload is malformed. */
  boolean wrap(RtpPacket packet, int payloadType) {
    return red.wrap(packet.buffer(), packet.payloadOffset(), packet.payloadLength(), payloadType);
  }

  /** How many earlier frames there are; 0 is the oldest. */
  int earlier() {
    return red.redundant();
  }

  /** The sequence number that an earlier frame was sent with. */
  int sequence(int i, RtpPacket packet) {
    return (packet.sequence() - (red.redundant() - i)) & 0xFFFF;
  }

  /** Whether an earlier frame is more than a mark that there was one. */
  boolean hasContent(int i) {
    return red.length(i) > 0;
  }

  /** The packet of an earlier frame, without header extensions; valid until the next call. */
  RtpPacket packet(int i, RtpPacket packet, long ssrc, int payloadType) {
    earlier.create(buffer, 0, buffer.length, payloadType, false);
    earlier.sequence(sequence(i, packet));
    earlier.timestamp((packet.timestamp() - red.ageTicks(i)) & 0xFFFF_FFFFL);
    earlier.ssrc(ssrc);
    if (!earlier.appendPayload(packet.buffer(), red.offset(i), red.length(i))) {
      throw new IllegalStateException("A block is at most 1,023 bytes long");
    }
    return earlier;
  }

  /** Leaves of the packet what it would be without RED. */
  void unwrap(RtpPacket packet, int payloadType) {
    packet.dropPayloadHead(red.primaryOffset() - packet.payloadOffset());
    packet.payloadType(payloadType);
  }
}
