package dev.amphi.interactive.send;

/** The way out of one transport. */
public interface SenderOutput {
  /**
   * Sends one RTP packet. The caller may protect it in place: {@link
   * dev.amphi.interactive.rtp.RtpPacket#TAIL_ROOM} bytes behind it are free. Valid only during the
   * call.
   */
  void sendRtp(byte[] buffer, int offset, int length);

  /** As {@link #sendRtp(byte[], int, int)}, for a way out that has to know the time. */
  default void sendRtp(byte[] buffer, int offset, int length, long nowNanos) {
    sendRtp(buffer, offset, length);
  }

  /** Sends one compound RTCP packet, on the same terms. */
  void sendRtcp(byte[] buffer, int offset, int length);
}
