package dev.amphi.interactive.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.rtp.HeaderExtension;
import dev.amphi.interactive.rtp.HeaderExtensions;
import dev.amphi.interactive.rtp.MediaSource;
import dev.amphi.interactive.rtp.NtpAlignment;
import dev.amphi.interactive.rtp.NtpClock;
import dev.amphi.interactive.rtp.NtpTime;
import dev.amphi.interactive.rtp.PacketHistory;
import dev.amphi.interactive.rtp.ReportBlock;
import dev.amphi.interactive.rtp.RtcpPacket;
import dev.amphi.interactive.rtp.RtcpReader;
import dev.amphi.interactive.rtp.RtcpWriter;
import dev.amphi.interactive.rtp.RtpPacket;
import dev.amphi.interactive.rtp.StreamClock;
import dev.amphi.interactive.rtp.codec.Vp8Descriptor;
import dev.amphi.interactive.send.SenderConfig.PayloadTypes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RtpSenderTest {
  private static final long MILLI = 1_000_000;
  private static final NtpClock NTP = NtpClock.of(1_700_000_000_000_000_000L, 0);
  private static final HeaderExtensions SUBSCRIBER =
      HeaderExtensions.of(
          Map.of(
              HeaderExtension.MID, 9,
              HeaderExtension.TRANSPORT_CC, 5,
              HeaderExtension.ABS_SEND_TIME, 3,
              HeaderExtension.AUDIO_LEVEL, 10));

  private final List<RtpPacket> sent = new ArrayList<>();
  private final RtpOutput output =
      (buffer, offset, length, nowNanos) -> {
        byte[] copy = Arrays.copyOfRange(buffer, offset, offset + length);
        // Whoever protects in place may write over the packet and the room behind it.
        Arrays.fill(buffer, offset, offset + length + RtpPacket.TAIL_ROOM, (byte) 0xEE);
        RtpPacket packet = new RtpPacket();
        assertThat(packet.wrap(copy, 0, copy.length)).isTrue();
        sent.add(packet);
      };
  private final RtpSender sender =
      new RtpSender(
          new SenderConfig(
              "v1",
              0x51,
              0x52,
              Map.of(
                  Codec.VP8, new PayloadTypes(100, 101),
                  Codec.H264, new PayloadTypes(102, 103)),
              true,
              SUBSCRIBER),
          NTP,
          output);

  private static final class Source implements MediaSource {
    final Codec codec;
    final StreamClock clock;
    final PacketHistory history = new PacketHistory();
    int keyFramesWanted;

    Source(Codec codec) {
      this.codec = codec;
      this.clock = new StreamClock(codec.clockRate(), new NtpAlignment(NTP));
    }

    @Override
    public Codec codec() {
      return codec;
    }

    @Override
    public HeaderExtensions extensions() {
      return HeaderExtensions.of(Map.of(HeaderExtension.AUDIO_LEVEL, 1));
    }

    @Override
    public StreamClock clock() {
      return clock;
    }

    @Override
    public PacketHistory history() {
      return history;
    }

    @Override
    public boolean shared() {
      return true;
    }

    @Override
    public void requestKeyFrame(long nowNanos) {
      keyFramesWanted++;
    }
  }

  private void forward(int sequence, long timestamp, boolean key, byte[] payload, long millis) {
    RtpPacket packet = new RtpPacket();
    packet.create(new byte[1500], 0, 1500, 33, true);
    packet.sequence(sequence & 0xFFFF);
    packet.timestamp(timestamp);
    packet.ssrc(0x99);
    assertThat(packet.appendPayload(payload, 0, payload.length)).isTrue();
    forward(sender, packet, key, millis * MILLI);
  }

  private static void forward(RtpSender sender, RtpPacket packet, boolean key, long nowNanos) {
    if (sender.source() != null) {
      sender.source().history().put(packet, nowNanos);
    }
    sender.forward(packet, key, nowNanos);
  }

  private void vp8(int sequence, long timestamp, boolean key, int pictureId, int tl0, long millis) {
    byte[] payload = {
      (byte) 0x90,
      (byte) 0xE0,
      (byte) (0x80 | pictureId >> 8),
      (byte) pictureId,
      (byte) tl0,
      0,
      (byte) (key ? 0 : 1),
      1,
      2
    };
    forward(sequence, timestamp, key, payload, millis);
  }

  @Test
  void rewritesWhatTheSubscriberSees() {
    sender.switchTo(new Source(Codec.VP8), 0);
    vp8(10, 1000, true, 5, 7, 1);
    RtpPacket packet = sent.getFirst();
    assertThat(packet.ssrc()).isEqualTo(0x51);
    assertThat(packet.payloadType()).isEqualTo(100);
    assertThat(packet.marker()).isTrue();
    assertThat(packet.extensionText(9)).isEqualTo("v1");
    assertThat(packet.extensionLength(5)).as("a place for the number").isEqualTo(2);
    assertThat(packet.extensionLength(3)).as("a place for the send time").isEqualTo(3);
    assertThat(packet.payloadLength()).isEqualTo(9);
  }

  @Test
  void aSlotThatCannotShowTheCodecStaysSilent() {
    assertThat(sender.switchTo(new Source(Codec.OPUS), 0)).isFalse();
    forward(1, 1, true, new byte[] {1}, 0);
    assertThat(sent).isEmpty();
    assertThat(sender.source()).isNull();
  }

  @Test
  void startsAtAKeyFrameOnly() {
    Source source = new Source(Codec.VP8);
    sender.switchTo(source, 0);
    assertThat(source.keyFramesWanted).isEqualTo(1);
    vp8(10, 1000, false, 5, 7, 0);
    assertThat(sent).isEmpty();
    vp8(11, 2000, true, 6, 8, 10);
    vp8(10, 1000, false, 5, 7, 20); // late, from before the start
    vp8(12, 3000, false, 7, 9, 30);
    assertThat(sent).hasSize(2);
  }

  @Test
  void asksAgainForAKeyFrameAsLongAsNoneCame() {
    Source source = new Source(Codec.VP8);
    sender.switchTo(source, 0);
    sender.turnTo(source, 100 * MILLI);
    assertThat(source.keyFramesWanted).isEqualTo(2);
    vp8(10, 1000, true, 5, 7, 110);
    sender.turnTo(source, 200 * MILLI);
    assertThat(source.keyFramesWanted).isEqualTo(2);
    Source larger = new Source(Codec.VP8);
    sender.turnTo(larger, 300 * MILLI);
    sender.turnTo(larger, 400 * MILLI);
    assertThat(larger.keyFramesWanted).isEqualTo(2);
  }

  @Test
  void aSwitchIsNotNoticed() {
    sender.switchTo(new Source(Codec.VP8), 0);
    vp8(65_534, 0xFFFF_F000L, true, 0x7FFF, 255, 0);
    vp8(65_535, 0xFFFF_F000L + 3000, false, 0, 0, 33);
    sender.switchTo(null, 40 * MILLI);
    vp8(0, 0, false, 1, 1, 66);
    sender.switchTo(new Source(Codec.VP8), 100 * MILLI);
    vp8(500, 77_000, false, 300, 60, 110);
    vp8(501, 80_000, true, 301, 61, 133);
    vp8(503, 83_000, false, 302, 62, 200);
    vp8(502, 80_000, false, 301, 61, 201); // late
    assertThat(sent).extracting(RtpPacket::sequence).containsExactly(65_534, 65_535, 0, 2, 1);
    assertThat(sent).extracting(RtpPacket::ssrc).containsOnly(0x51L);
    List<Long> timestamps = sent.stream().map(RtpPacket::timestamp).toList();
    assertThat(timestamps.get(2) - timestamps.get(1) & 0xFFFF_FFFFL)
        .as("as much later as in reality: 100 ms")
        .isEqualTo(9000);
    assertThat(timestamps.get(3) - timestamps.get(2) & 0xFFFF_FFFFL).isEqualTo(3000);
    assertThat(timestamps.get(4)).isEqualTo(timestamps.get(2));
    assertThat(sent).extracting(RtpSenderTest::pictureId).containsExactly(0x7FFF, 0, 1, 2, 1);
    assertThat(sent).extracting(RtpSenderTest::tl0).containsExactly(255, 0, 1, 2, 1);
  }

  @Test
  void aSuccessorGoesOnWhereTheSlotStopped() {
    sender.switchTo(new Source(Codec.VP8), 0);
    vp8(9000, 50_000, true, 40, 7, 0);
    RtpSender next = sender.successor(sender.config(), NTP, output);
    next.switchTo(new Source(Codec.VP8), 0);
    RtpPacket packet = new RtpPacket();
    packet.create(new byte[100], 0, 100, 33, true);
    packet.sequence(17);
    packet.timestamp(10);
    byte[] payload = {(byte) 0x90, (byte) 0x80, (byte) 0x80, 1, 0, 1, 2};
    assertThat(packet.appendPayload(payload, 0, payload.length)).isTrue();
    forward(next, packet, true, 100 * MILLI);
    assertThat(sent).extracting(RtpPacket::sequence).containsExactly(9000, 9001);
    assertThat(sent).extracting(RtpPacket::timestamp).containsExactly(50_000L, 59_000L);
    assertThat(sent).extracting(RtpSenderTest::pictureId).containsExactly(40, 41);
  }

  @Test
  void narrowPictureIdsBecomeWide() {
    sender.switchTo(new Source(Codec.VP8), 0);
    for (int i = 0; i < 300; i++) {
      byte[] payload = {(byte) 0x90, (byte) 0x80, (byte) (i & 0x7F), 0, 1, 2};
      forward(i, 3000L * i, true, payload, 33L * i);
    }
    assertThat(sent).extracting(RtpSenderTest::pictureId).isSorted().endsWith(298, 299);
    assertThat(sent.getLast().payloadLength()).isEqualTo(7);
  }

  private static int pictureId(RtpPacket packet) {
    return descriptor(packet).pictureId();
  }

  private static int tl0(RtpPacket packet) {
    return descriptor(packet).tl0();
  }

  private static Vp8Descriptor descriptor(RtpPacket packet) {
    Vp8Descriptor descriptor = new Vp8Descriptor();
    assertThat(descriptor.wrap(packet.buffer(), packet.payloadOffset(), packet.payloadLength()))
        .isTrue();
    assertThat(descriptor.pictureIdBits()).isEqualTo(15);
    return descriptor;
  }

  @Test
  void answersANackOnceInARoundTrip() {
    sender.switchTo(new Source(Codec.VP8), 0);
    vp8(10, 1000, true, 5, 7, 0);
    vp8(11, 1000, false, 5, 7, 0);
    sent.clear();
    sender.onNack(List.of(11, 4711), 50 * MILLI);
    assertThat(sent).hasSize(1);
    RtpPacket rtx = sent.getFirst();
    assertThat(rtx.ssrc()).isEqualTo(0x52);
    assertThat(rtx.payloadType()).isEqualTo(101);
    assertThat(rtx.extensionText(9)).isEqualTo("v1");
    assertThat(rtx.extensionLength(5)).isEqualTo(2);
    assertThat(rtx.unwrapRetransmission(0x51, 100)).isTrue();
    assertThat(rtx.sequence()).isEqualTo(11);
    assertThat(rtx.timestamp()).isEqualTo(1000);
    assertThat(rtx.payloadLength()).isEqualTo(9);

    sender.onNack(List.of(11), 100 * MILLI);
    assertThat(sent).as("one is on its way").hasSize(1);
    sender.onNack(List.of(11), 151 * MILLI);
    assertThat(sent).hasSize(2);
    assertThat(sent.get(1).sequence()).isEqualTo(1);
  }

  @Test
  void whatWasShownBeforeIsKeptForTwoSecondsWhenNothingFollows() {
    sender.switchTo(new Source(Codec.VP8), 0);
    vp8(10, 0, true, 1, 1, 0);
    sender.switchTo(new Source(Codec.VP8), 100 * MILLI);
    int old = sent.getLast().sequence();
    sender.poll(2_099 * MILLI);
    sender.onNack(List.of(old), 2_099 * MILLI);
    assertThat(sent).hasSize(2);
    assertThat(sender.nextDeadlineNanos()).isEqualTo(2_100 * MILLI);
    sender.poll(2_100 * MILLI);
    sender.onNack(List.of(old), 2_400 * MILLI);
    assertThat(sent).hasSize(2);
    assertThat(sender.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aFloodOfNacksGetsNoMoreThanTheBudget() {
    sender.switchTo(new Source(Codec.H264), 0);
    byte[] payload = new byte[1100];
    payload[0] = 0x67;
    for (int i = 0; i < 1000; i++) {
      forward(i, 3000L * i, true, payload, i);
    }
    long sentBytes = sender.stats().bytes();
    sent.clear();
    List<Integer> everything = new ArrayList<>();
    for (int i = 488; i < 1000; i++) {
      everything.add(i);
    }
    for (int round = 0; round < 100; round++) {
      sender.onNack(everything, (1000 + 150L * round) * MILLI);
    }
    long resentBytes = sent.stream().mapToLong(RtpPacket::length).sum();
    assertThat(resentBytes).isPositive().isLessThan(sentBytes / 4);
    assertThat(sender.stats().retransmissionsRefused()).isGreaterThan(40_000);
  }

  @Test
  void aFloodOfKeyFrameRequestsReachesThePublisherThriceInTenSeconds() {
    Source source = new Source(Codec.VP8);
    sender.switchTo(source, 0);
    source.keyFramesWanted = 0;
    for (int i = 0; i < 3000; i++) {
      sender.onKeyFrameRequest(i * 10L * MILLI);
    }
    assertThat(source.keyFramesWanted).isEqualTo(9);
  }

  @Test
  void reportsThePublishersClockInThisNodesTimeAndMeasuresTheRoundTrip() {
    Source source = new Source(Codec.VP8);
    // The publisher's clock is an hour behind; its report came at 20 ms.
    long behind = NTP.ntpNanos(20 * MILLI) - 3_600_000_000_000L;
    source.clock.onReport(NtpTime.fromNanos(behind), 500_000, 20 * MILLI);
    sender.switchTo(source, 0);
    vp8(10, 500_000, true, 5, 7, 30);
    RtcpWriter writer = new RtcpWriter(new byte[100], 0, 100);
    assertThat(sender.nextDeadlineNanos()).isEqualTo(30 * MILLI);
    assertThat(sender.writeReport(writer, 1020 * MILLI)).isTrue();
    RtcpPacket.SenderReport report =
        (RtcpPacket.SenderReport)
            new RtcpReader().read(writer.buffer(), 0, writer.length()).getFirst();
    assertThat(report.rtpTimestamp()).isEqualTo(590_000);
    assertThat(NtpTime.toNanos(report.ntp()))
        .isBetween(NTP.ntpNanos(1020 * MILLI) - 2, NTP.ntpNanos(1020 * MILLI) + 2);
    assertThat(report.packetCount()).isEqualTo(1);
    assertThat(report.octetCount()).isEqualTo(9);
    assertThat(sender.nextDeadlineNanos()).isEqualTo(2020 * MILLI);

    long held = 65_536 / 2;
    ReportBlock block = new ReportBlock(0x51, 12, 3, 10, 0, NtpTime.middle(report.ntp()), held);
    assertThat(sender.onReportBlock(block, 1600 * MILLI)).isTrue();
    assertThat(sender.roundTripNanos()).isEqualTo(80 * MILLI);
    ReportBlock invented = new ReportBlock(0x51, 0, 0, 0, 0, 12_345, held);
    assertThat(sender.onReportBlock(invented, 1700 * MILLI)).isFalse();
  }

  @Test
  void passesTheAudioLevelOn() {
    RtpSender audio =
        new RtpSender(
            new SenderConfig(
                "a", 1, 2, Map.of(Codec.OPUS, new PayloadTypes(111, -1)), false, SUBSCRIBER),
            NTP,
            output);
    audio.switchTo(new Source(Codec.OPUS), 0);
    RtpPacket packet = new RtpPacket();
    packet.create(new byte[100], 0, 100, 111, false);
    packet.buffer()[packet.appendExtension(1, 1)] = (byte) 0x9E;
    assertThat(packet.appendPayload(new byte[] {1, 2, 3}, 0, 3)).isTrue();
    forward(audio, packet, true, 0);
    assertThat(sent.getFirst().extensionUnsigned8(10)).isEqualTo(0x9E);
    assertThat(sent.getFirst().payloadLength()).isEqualTo(3);
  }
}
