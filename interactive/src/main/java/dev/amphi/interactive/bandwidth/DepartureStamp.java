package dev.amphi.interactive.bandwidth;

import dev.amphi.interactive.rtp.HeaderExtension;
import dev.amphi.interactive.rtp.HeaderExtensions;
import dev.amphi.interactive.rtp.NtpClock;
import dev.amphi.interactive.rtp.NtpTime;
import dev.amphi.interactive.rtp.RtpPacket;

/** Writes when and as which a packet leaves into the places that its header kept for it. */
final class DepartureStamp {
  private final int sendTimeId;
  private final int sequenceId;
  private final NtpClock ntp;
  private final RtpPacket packet = new RtpPacket();

  DepartureStamp(HeaderExtensions extensions, NtpClock ntp) {
    this.sendTimeId = extensions.id(HeaderExtension.ABS_SEND_TIME);
    this.sequenceId = extensions.id(HeaderExtension.TRANSPORT_CC);
    this.ntp = ntp;
  }

  /** Stamps a packet; true when it also wants a transport-wide number. */
  boolean stamp(byte[] buffer, int offset, int length, long nowNanos) {
    if (!packet.wrap(buffer, offset, length)) {
      return false;
    }
    int at = packet.extensionOffset(sendTimeId);
    if (at >= 0) { // seconds in 6.18 fixed point: bits 14 to 37 of the NTP time
      long time = NtpTime.fromNanos(ntp.ntpNanos(nowNanos)) >>> 14;
      buffer[at] = (byte) (time >> 16);
      buffer[at + 1] = (byte) (time >> 8);
      buffer[at + 2] = (byte) time;
    }
    return packet.extensionOffset(sequenceId) >= 0;
  }

  /** Numbers the packet that was stamped last. */
  void number(int number) {
    int at = packet.extensionOffset(sequenceId);
    packet.buffer()[at] = (byte) (number >> 8);
    packet.buffer()[at + 1] = (byte) number;
  }
}
