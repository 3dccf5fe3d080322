package dev.amphi.interactive.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.rtp.RtpPacket;
import org.junit.jupiter.api.Test;

/** What a counting client reads of a packet: its clear header, and the stamp in its payload. */
class CountedPacketTest {
  private static final long SENT_NANOS = 123_456_789_012L;

  private final byte[] buffer = new byte[RtpPacket.MAX_LENGTH];
  private final RtpPacket packet = new RtpPacket();

  private int packet(int extensionId, int number, byte[] payload) {
    packet.create(buffer, 0, buffer.length, 96, true);
    packet.sequence(40_000);
    packet.ssrc(0xDEADBEEFL);
    int at = packet.appendExtension(3, 3);
    assertThat(at).isPositive();
    at = packet.appendExtension(extensionId, 2);
    buffer[at] = (byte) (number >> 8);
    buffer[at + 1] = (byte) number;
    assertThat(packet.appendPayload(payload, 0, payload.length)).isTrue();
    return packet.length();
  }

  @Test
  void readsTheClearHeader() {
    int length = packet(2, 0xABCD, new byte[40]);

    assertThat(RtpHeaderFields.sequence(buffer)).isEqualTo(40_000);
    assertThat(RtpHeaderFields.ssrc(buffer)).isEqualTo(0xDEADBEEFL);
    assertThat(RtpHeaderFields.payloadType(buffer)).isEqualTo(96);
    assertThat(RtpHeaderFields.extensionUnsigned16(buffer, length, 2)).isEqualTo(0xABCD);
    assertThat(RtpHeaderFields.extensionUnsigned16(buffer, length, 5)).isEqualTo(-1);
    assertThat(RtpHeaderFields.extensionUnsigned16(buffer, length, 3)).isEqualTo(-1);
    assertThat(RtpHeaderFields.extensionUnsigned16(buffer, length, 0)).isEqualTo(-1);
    assertThat(RtpHeaderFields.payloadOffset(buffer, length)).isEqualTo(packet.payloadOffset());
  }

  @Test
  void staysInsideOfATruncatedHeader() {
    packet(2, 1, new byte[40]);

    assertThat(RtpHeaderFields.payloadOffset(buffer, 14)).isEqualTo(-1);
    assertThat(RtpHeaderFields.extensionUnsigned16(buffer, 14, 2)).isEqualTo(-1);
  }

  @Test
  void findsTheStampInAnyPieceOfAFrame() {
    byte[] frame = new byte[3_000];
    SendStamp.fill(frame, 10, SENT_NANOS);

    for (int piece = 0; piece < 40; piece++) {
      assertThat(SendStamp.find(frame, 500 + piece, 600)).isEqualTo(SENT_NANOS);
    }
  }

  @Test
  void findsNoStampWhereThereIsNone() {
    byte[] frame = new byte[64];
    SendStamp.fill(frame, 0, SENT_NANOS);

    assertThat(SendStamp.find(frame, 1, 16)).isEqualTo(-1);
    assertThat(SendStamp.find(new byte[64], 0, 64)).isEqualTo(-1);
  }
}
