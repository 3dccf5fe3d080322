package dev.amphi.interactive.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnwrapperTest {
  @Test
  void sequenceNumbersRunOnAcrossTheWrap() {
    SequenceUnwrapper unwrapper = new SequenceUnwrapper();
    long first = unwrapper.unwrap(65_533);
    for (int i = 1; i < 200_000; i++) {
      assertThat(unwrapper.unwrap((65_533 + i) & 0xFFFF)).isEqualTo(first + i);
    }
  }

  @Test
  void aLatePacketAroundTheWrapStaysBehind() {
    SequenceUnwrapper unwrapper = new SequenceUnwrapper();
    long first = unwrapper.unwrap(1);
    assertThat(unwrapper.unwrap(65_535)).isEqualTo(first - 2);
    assertThat(unwrapper.highest()).isEqualTo(first);
    assertThat(unwrapper.peek(2)).isEqualTo(first + 1);
    assertThat(unwrapper.highest()).isEqualTo(first);
  }

  @Test
  void timestampsRunOnAcrossTheWrap() {
    TimestampUnwrapper unwrapper = new TimestampUnwrapper();
    assertThat(unwrapper.unwrap(0xFFFF_FF00L)).isEqualTo(0xFFFF_FF00L);
    assertThat(unwrapper.unwrap(0x100)).isEqualTo(0x1_0000_0100L);
    assertThat(unwrapper.unwrap(0xFFFF_FFF0L)).isEqualTo(0xFFFF_FFF0L);
    assertThat(unwrapper.unwrap(0x200)).isEqualTo(0x1_0000_0200L);
  }

  @Test
  void ntpTimesConvertBothWays() {
    long unixNanos = 1_700_000_000_123_456_789L;
    long ntp = NtpTime.fromNanos(NtpTime.fromUnixNanos(unixNanos));
    assertThat(ntp >>> 32).isEqualTo(1_700_000_000L + NtpTime.UNIX_EPOCH_SECONDS);
    assertThat(NtpTime.toNanos(ntp))
        .isBetween(NtpTime.fromUnixNanos(unixNanos) - 1, NtpTime.fromUnixNanos(unixNanos));
    assertThat(NtpTime.middle(0x1122_3344_5566_7788L)).isEqualTo(0x3344_5566L);
  }

  @Test
  void packetKindsAreToldByTheirFirstBytes() {
    assertThat(kind(0, 1)).isEqualTo(PacketKind.STUN);
    assertThat(kind(22, 254)).isEqualTo(PacketKind.DTLS);
    assertThat(kind(0x80, 0x80 | 96)).isEqualTo(PacketKind.RTP);
    assertThat(kind(0x80, 111)).isEqualTo(PacketKind.RTP);
    assertThat(kind(0x81, 200)).isEqualTo(PacketKind.RTCP);
    assertThat(kind(0x8F, 206)).isEqualTo(PacketKind.RTCP);
    assertThat(kind(0xC0, 0)).isEqualTo(PacketKind.UNKNOWN);
    assertThat(PacketKind.of(new byte[] {1}, 0, 1)).isEqualTo(PacketKind.UNKNOWN);
  }

  private static PacketKind kind(int first, int second) {
    return PacketKind.of(new byte[] {(byte) first, (byte) second}, 0, 2);
  }
}
