package dev.amphi.interactive.send;

import dev.amphi.interactive.rtp.HeaderExtension;
import dev.amphi.interactive.rtp.HeaderExtensions;
import dev.amphi.interactive.rtp.RtpPacket;
import java.nio.charset.StandardCharsets;

/**
 * The one buffer in which a slot builds each packet it sends: fixed header, the extensions that the
 * subscriber negotiated, room for the payload, room for SRTP behind.
 */
final class OutgoingPacket {
  private final HeaderExtensions extensions;
  private final byte[] mid;
  private final byte[] buffer = new byte[RtpPacket.MAX_LENGTH + RtpPacket.TAIL_ROOM];
  private final RtpPacket packet = new RtpPacket();

  OutgoingPacket(HeaderExtensions extensions, String mid) {
    this.extensions = extensions;
    this.mid = mid.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Starts a packet; the extensions are in, the payload is not. Send time and transport-wide number
   * have their place but no value before the packet leaves.
   *
   * @param audioLevel the level byte to pass on, or -1
   */
  RtpPacket begin(
      int payloadType, boolean marker, int sequence, long timestamp, long ssrc, int audioLevel) {
    packet.create(buffer, 0, RtpPacket.MAX_LENGTH, payloadType, marker);
    packet.sequence(sequence);
    packet.timestamp(timestamp);
    packet.ssrc(ssrc);
    appendMid();
    append(HeaderExtension.ABS_SEND_TIME, 3);
    append(HeaderExtension.TRANSPORT_CC, 2);
    if (audioLevel >= 0) {
      int at = append(HeaderExtension.AUDIO_LEVEL, 1);
      if (at >= 0) {
        buffer[at] = (byte) audioLevel;
      }
    }
    return packet;
  }

  private int append(HeaderExtension extension, int length) {
    int id = extensions.id(extension);
    return id == 0 ? -1 : packet.appendExtension(id, length);
  }

  private void appendMid() {
    int at = mid.length == 0 ? -1 : append(HeaderExtension.MID, mid.length);
    if (at >= 0) {
      System.arraycopy(mid, 0, buffer, at, mid.length);
    }
  }
}
