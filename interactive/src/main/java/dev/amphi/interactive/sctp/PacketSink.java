package dev.amphi.interactive.sctp;

/** Where an association's packets go. */
@FunctionalInterface
public interface PacketSink {
  /** Sends one packet, or loses it; the buffer is the association's again afterwards. */
  void packet(byte[] buffer, int offset, int length);
}
