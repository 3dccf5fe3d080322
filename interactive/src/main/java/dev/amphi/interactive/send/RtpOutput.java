package dev.amphi.interactive.send;

/** Where a slot's packets go. */
@FunctionalInterface
public interface RtpOutput {
  /**
   * Sends one RTP packet, now or a little later. The packet may be changed in place and {@link
   * dev.amphi.interactive.rtp.RtpPacket#TAIL_ROOM} bytes behind it are free; valid only during the
   * call.
   */
  void sendRtp(byte[] buffer, int offset, int length, long nowNanos);

  /**
   * Takes back what has waited long, because something else is shown from now on.
   *
   * @param newest the number that was sent last
   * @return how many numbers up to that one never left and may be given again; 0 when none did
   */
  default int recall(int newest, long nowNanos) {
    return 0;
  }
}
