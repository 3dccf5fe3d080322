package dev.amphi.interactive.send;

import dev.amphi.interactive.fec.FlexFecEncoder;
import dev.amphi.interactive.fec.Redundancy;
import dev.amphi.interactive.rtp.RtpPacket;

/**
 * Sends parity (FlexFEC) beside a slot's pictures where a retransmission would come late: on a link
 * that loses much and is long. The more it loses, the fewer packets share one parity packet. Paid
 * from what retransmissions leave of their budget.
 */
final class ParityStream {
  /** On a shorter link asking again is as good, and costs only what was lost. */
  static final long MIN_ROUND_TRIP_NANOS = 100_000_000;

  /** A block that is open for longer ends with the picture. */
  private static final long MAX_BLOCK_NANOS = 60_000_000;

  /** A block that is open for so long would come too late to help. */
  private static final long USELESS_NANOS = 200_000_000;

  private static final int MIN_PACKETS = 3;
  private static final int WHOLE = 256;

  private final SenderConfig config;
  private final RetransmissionBudget budget;
  private final OutgoingPacket outgoing;
  private final RtpOutput output;
  private final FlexFecEncoder encoder;
  private final Redundancy redundancy = new Redundancy();
  private boolean on;
  private int blockPackets = FlexFecEncoder.MAX_SPAN;
  private int sequence;
  private long sent;

  ParityStream(
      SenderConfig config, RetransmissionBudget budget, OutgoingPacket outgoing, RtpOutput output) {
    this.config = config;
    this.budget = budget;
    this.outgoing = outgoing;
    this.output = output;
    this.encoder = new FlexFecEncoder(config.extensions());
    this.sequence = (int) config.parity().ssrc() & 0x7FFF;
  }

  /** Takes what the subscriber reports of the link. */
  void onReport(int fractionLost, long roundTripNanos, long nowNanos) {
    redundancy.onLoss(fractionLost, nowNanos);
    boolean wanted =
        config.parity().payloadType() != SenderConfig.NONE
            && redundancy.on()
            && roundTripNanos >= MIN_ROUND_TRIP_NANOS;
    if (fractionLost >= Redundancy.OFF) {
      // So many that two of a block are rarely lost together: 2.5 blocks for each loss.
      int packets = 2 * WHOLE / (5 * fractionLost);
      blockPackets = Math.clamp(packets, MIN_PACKETS, FlexFecEncoder.MAX_SPAN);
    }
    if (on && !wanted) {
      encoder.reset();
    }
    on = wanted;
  }

  /** Says whether the way out has room for it. */
  void allow(boolean allowed) {
    redundancy.allow(allowed);
    if (on && !redundancy.on()) {
      on = false;
      encoder.reset();
    }
  }

  /** What was protected may never leave. */
  void restart() {
    encoder.reset();
  }

  /** Adds a packet of the media that is about to go out. */
  void protect(RtpPacket packet, long nowNanos) {
    if (on && encoder.packets() > 0 && nowNanos - encoder.firstNanos() > USELESS_NANOS) {
      encoder.reset();
    }
    if (on && encoder.fits(packet.sequence())) {
      encoder.protect(packet, nowNanos);
    }
  }

  /**
   * Sends the parity of a block that is full.
   *
   * @param sequence of the media packet that went out before
   * @param pictureEnds whether that was the last of its picture
   */
  void flush(int sequence, long timestamp, boolean pictureEnds, long nowNanos) {
    int packets = encoder.packets();
    boolean full =
        packets >= blockPackets
            || encoder.endsAt(sequence)
            || (pictureEnds && nowNanos - encoder.firstNanos() >= MAX_BLOCK_NANOS);
    if (packets > 0 && full) {
      send(timestamp, nowNanos);
    }
  }

  private void send(long timestamp, long nowNanos) {
    if (!budget.spendSpare(encoder.length())) {
      encoder.reset();
      return;
    }
    RtpPacket packet =
        outgoing.begin(
            config.parity().payloadType(), false, sequence, timestamp, config.parity().ssrc(), -1);
    if (encoder.finish(packet, config.ssrc())) {
      sequence = (sequence + 1) & 0xFFFF;
      sent++;
      output.sendRtp(packet.buffer(), packet.offset(), packet.length(), nowNanos);
    }
  }

  /** Parity packets sent. */
  long sent() {
    return sent;
  }
}
