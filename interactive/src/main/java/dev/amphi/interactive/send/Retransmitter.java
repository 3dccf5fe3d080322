package dev.amphi.interactive.send;

import dev.amphi.interactive.rtp.RtpPacket;

/**
 * Answers NACKs from what was sent (RFC 4588 §4): each packet at most once per round trip, all
 * together within the budget. Where RTX was not negotiated the packet itself goes out again.
 */
final class Retransmitter {
  private static final long MIN_INTERVAL_NANOS = 20_000_000;
  private static final int MAX_PADDING = 255;

  private final SenderConfig config;
  private final SentHistory history;
  private final OutgoingPacket outgoing;
  private final RtpOutput output;
  private final RetransmissionBudget budget;
  private final byte[] originalSequence = new byte[2];
  private int rtxSequence;
  private long resent;
  private long refused;

  Retransmitter(
      SenderConfig config,
      SentHistory history,
      RetransmissionBudget budget,
      OutgoingPacket outgoing,
      RtpOutput output) {
    this.budget = budget;
    this.config = config;
    this.history = history;
    this.outgoing = outgoing;
    this.output = output;
  }

  /** The subscriber misses a packet. */
  void onMissing(int sequence, long roundTripNanos, long nowNanos) {
    int place = history.open(sequence);
    if (place == SentHistory.ABSENT) {
      refused++;
      return;
    }
    // Who asks again after exactly one round trip may come a little early: leave it a quarter.
    long interval = Math.max(MIN_INTERVAL_NANOS, roundTripNanos - roundTripNanos / 4);
    boolean onItsWay = history.resentWithin(place, interval, nowNanos);
    if (onItsWay || !budget.spend(history.length(place))) {
      refused++;
      return;
    }
    history.markResent(place, nowNanos);
    if (send(sequence, place, history.types(place).rtx(), nowNanos) > 0) {
      resent++;
    } else {
      refused++;
    }
  }

  /**
   * Sends about {@code bytes} on the retransmission stream (RFC 4588): the newest packet again
   * where it is of that size, else a packet of padding alone.
   *
   * @param newest the number of the packet that was sent last
   * @return the bytes sent; 0 when nothing was
   */
  int pad(int bytes, int newest, int rtxPayloadType, long timestamp, long nowNanos) {
    int place = history.open(newest);
    int length = place == SentHistory.ABSENT ? 0 : history.length(place);
    if (length > MAX_PADDING && length <= bytes + bytes / 4) {
      int sent = send(newest, place, rtxPayloadType, nowNanos);
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
  private int send(int sequence, int place, int rtxPayloadType, long nowNanos) {
    boolean rtx = rtxPayloadType != SenderConfig.NONE;
    RtpPacket packet =
        outgoing.begin(
            rtx ? rtxPayloadType : history.payloadType(place),
            history.marker(place),
            rtx ? rtxSequence : sequence,
            history.timestamp(place),
            rtx ? config.rtxSsrc() : config.ssrc(),
            -1);
    if (rtx) {
      originalSequence[0] = (byte) (sequence >> 8);
      originalSequence[1] = (byte) sequence;
      packet.appendPayload(originalSequence, 0, 2);
    }
    if (!history.append(place, packet)) {
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
