package dev.amphi.interactive.send;

import dev.amphi.interactive.rtp.RtpPacket;

/**
 * Answers NACKs from the history (RFC 4588 §4): each packet at most once per round trip, all
 * together within the budget. Where RTX was not negotiated the packet itself goes out again.
 */
final class Retransmitter {
  private static final long MIN_INTERVAL_NANOS = 20_000_000;
  private static final int MAX_PADDING = 255;

  private final SenderConfig config;
  private final PacketHistory history;
  private final OutgoingPacket outgoing;
  private final SenderOutput output;
  private final RetransmissionBudget budget;
  private final RtpPacket original = new RtpPacket();
  private final byte[] originalSequence = new byte[2];
  private int rtxSequence;
  private int newest = -1;
  private long resent;
  private long refused;

  Retransmitter(
      SenderConfig config,
      PacketHistory history,
      RetransmissionBudget budget,
      OutgoingPacket outgoing,
      SenderOutput output) {
    this.budget = budget;
    this.config = config;
    this.history = history;
    this.outgoing = outgoing;
    this.output = output;
  }

  /** A packet went out first-hand. */
  void onSent(int sequence, RtpPacket packet, long nowNanos) {
    budget.earn(packet.length());
    newest = sequence;
    history.put(sequence, packet.buffer(), packet.offset(), packet.length(), nowNanos);
  }

  /** The subscriber misses a packet. */
  void onMissing(int sequence, int rtxPayloadType, long roundTripNanos, long nowNanos) {
    int place = history.find(sequence);
    if (place < 0) {
      refused++;
      return;
    }
    // Who asks again after exactly one round trip may come a little early: leave it a quarter.
    long interval = Math.max(MIN_INTERVAL_NANOS, roundTripNanos - roundTripNanos / 4);
    boolean onItsWay = history.resent(place) && nowNanos - history.sentNanos(place) < interval;
    if (onItsWay || !budget.spend(history.length(place))) {
      refused++;
      return;
    }
    history.markResent(place, nowNanos);
    resent++;
    send(place, rtxPayloadType, nowNanos);
  }

  /**
   * Sends about {@code bytes} on the retransmission stream (RFC 4588): the newest packet again
   * where it is of that size, else a packet of padding alone.
   *
   * @return the bytes sent; 0 when nothing was
   */
  int pad(int bytes, int rtxPayloadType, long timestamp, long nowNanos) {
    int place = newest < 0 ? -1 : history.find(newest);
    int length = place < 0 ? 0 : history.length(place);
    if (length > MAX_PADDING && length <= bytes + bytes / 4) {
      int sent = send(place, rtxPayloadType, nowNanos);
      if (sent > 0) {
        return sent;
      }
    }
    RtpPacket packet =
        outgoing.begin(rtxPayloadType, false, rtxSequence, timestamp, config.rtxSsrc(), -1);
    if (!packet.appendPadding(Math.min(MAX_PADDING, bytes))) {
      return 0;
    }
    rtxSequence = (rtxSequence + 1) & 0xFFFF;
    output.sendRtp(packet.buffer(), packet.offset(), packet.length(), nowNanos);
    return packet.length();
  }

  /** The bytes sent; 0 when the packet does not fit with what RTX adds. */
  private int send(int place, int rtxPayloadType, long nowNanos) {
    if (!original.wrap(history.packet(place), 0, history.length(place))) {
      throw new IllegalStateException("The history holds only packets that this slot made");
    }
    boolean rtx = rtxPayloadType != SenderConfig.NONE;
    RtpPacket packet =
        outgoing.begin(
            rtx ? rtxPayloadType : original.payloadType(),
            original.marker(),
            rtx ? rtxSequence : original.sequence(),
            original.timestamp(),
            rtx ? config.rtxSsrc() : config.ssrc(),
            -1);
    if (rtx) {
      originalSequence[0] = (byte) (original.sequence() >> 8);
      originalSequence[1] = (byte) original.sequence();
      packet.appendPayload(originalSequence, 0, 2);
    }
    if (!packet.appendPayload(
        original.buffer(), original.payloadOffset(), original.payloadLength())) {
      return 0;
    }
    if (rtx) {
      rtxSequence = (rtxSequence + 1) & 0xFFFF;
    }
    int length = packet.length();
    output.sendRtp(packet.buffer(), packet.offset(), length, nowNanos);
    return length;
  }

  long resent() {
    return resent;
  }

  long refused() {
    return refused;
  }
}
