package dev.amphi.interactive.rtp;

import java.util.List;

/** One RTCP packet of a compound (RFC 3550 §6, RFC 4585), as read from the wire. */
public sealed interface RtcpPacket {
  /** The SSRC of whoever sent it. */
  long senderSsrc();

  /** RFC 3550 §6.4.1; {@code ntp} is 32.32 fixed point seconds since 1900. */
  record SenderReport(
      long senderSsrc,
      long ntp,
      long rtpTimestamp,
      long packetCount,
      long octetCount,
      List<ReportBlock> blocks)
      implements RtcpPacket {}

  /** RFC 3550 §6.4.2. */
  record ReceiverReport(long senderSsrc, List<ReportBlock> blocks) implements RtcpPacket {}

  /** RFC 3550 §6.5: the first chunk's CNAME, "" when it has none. */
  record SourceDescription(long senderSsrc, String cname) implements RtcpPacket {}

  /** RFC 3550 §6.6. */
  record Bye(long senderSsrc, List<Long> ssrcs) implements RtcpPacket {}

  /** RFC 4585 §6.2.1: the sequence numbers that the receiver misses. */
  record Nack(long senderSsrc, long mediaSsrc, List<Integer> sequences) implements RtcpPacket {}

  /** RFC 4585 §6.3.1. */
  record PictureLoss(long senderSsrc, long mediaSsrc) implements RtcpPacket {}

  /** RFC 5104 §4.3.1: one entry; a message with several becomes several. */
  record FullIntraRequest(long senderSsrc, long mediaSsrc, int commandSequence)
      implements RtcpPacket {}

  /** draft-alvestrand-rmcat-remb-03 §2.2. */
  record ReceiverEstimate(long senderSsrc, long bitrateBps, List<Long> ssrcs)
      implements RtcpPacket {}

  /** draft-holmer-rmcat-transport-wide-cc-extensions-01 §3.1. */
  record TransportFeedback(long senderSsrc, long mediaSsrc, TransportArrivals arrivals)
      implements RtcpPacket {}

  /** A well-formed packet of a kind that Amphi has no use for. */
  record Unsupported(long senderSsrc, int packetType, int format) implements RtcpPacket {}
}
