package dev.amphi.interactive.send;

import dev.amphi.interactive.rtp.PacketHistory;
import dev.amphi.interactive.rtp.RtpPacket;
import dev.amphi.interactive.send.SenderConfig.PayloadTypes;
import org.jspecify.annotations.Nullable;

/**
 * What stays the same while a slot forwards one source, or one layer of it: all that is needed to
 * make one of its packets again beside the packet's own numbers. Holds on to the source's history
 * and to nothing else of it.
 */
final class Turn {
  private static final byte[] NOTHING = {};

  private final @Nullable PacketHistory history;
  private final Continuity continuity;
  private final PayloadTypes types;
  private final long timestampShift;
  private byte[] parameterSets = NOTHING;

  /**
   * A turn that begins.
   *
   * @param history of the source; null when nothing is ever sent again
   * @param timestampShift what is added to the source's timestamps
   */
  Turn(
      @Nullable PacketHistory history,
      Continuity continuity,
      PayloadTypes types,
      long timestampShift) {
    this.history = history;
    this.continuity = continuity;
    this.types = types;
    this.timestampShift = timestampShift;
  }

  Continuity continuity() {
    return continuity;
  }

  PayloadTypes types() {
    return types;
  }

  /** The number of the source's packet with this sequence number in its history; 0 without one. */
  int number(int sequence) {
    return history == null ? 0 : history.number(sequence);
  }

  /** Looks at a packet of the source; false when it is not kept any more. */
  boolean read(int number, RtpPacket into) {
    return history != null && history.read(number, into);
  }

  /** The timestamp that a packet of the source is sent with. */
  long timestamp(RtpPacket packet) {
    return (packet.timestamp() + timestampShift) & 0xFFFF_FFFFL;
  }

  /** What was sent ahead of the first packet; empty when nothing was. */
  byte[] parameterSets() {
    return parameterSets;
  }

  void parameterSets(byte[] sent) {
    parameterSets = sent;
  }
}
