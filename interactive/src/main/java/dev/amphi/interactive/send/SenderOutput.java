package dev.amphi.interactive.send;

/** The way out of one transport. */
public interface SenderOutput {
  /**
   * Sends one RTP packet. The caller may protect it in place: {@link
   * dev.amphi.interactive.rtp.RtpPacket#TAIL_ROOM} bytes behind it are free. Valid only during the
   * call.
   */
  void sendRtp(byte[] buffer, int offset, int length);

  /** Sends one compound RTCP packet, on the same terms. */
  void sendRtcp(byte[] buffer, int offset, int length);
}
