package dev.amphi.interactive.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.receive.ReceiverConfig;
import dev.amphi.interactive.receive.ReceiverFeedback;
import dev.amphi.interactive.receive.ReceiverOutput;
import dev.amphi.interactive.receive.RtpReceiver;
import dev.amphi.interactive.rtp.HeaderExtensions;
import dev.amphi.interactive.rtp.NtpAlignment;
import dev.amphi.interactive.rtp.NtpClock;
import dev.amphi.interactive.rtp.RtpPacket;
import dev.amphi.interactive.send.SenderConfig.PayloadTypes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An H.264 sender that says its parameter sets once, and a subscriber who comes later. */
class ParameterSetsTest {
  private static final NtpClock NTP = NtpClock.of(1_700_000_000_000_000_000L, 0);
  private static final byte[] SPS = HexFormat.of().parseHex("6742c01f8c8d40501e900f08846a");
  private static final byte[] PPS = HexFormat.of().parseHex("68ce3c80");
  private static final byte[] IDR = HexFormat.of().parseHex("65b80000");
  private static final byte[] SLICE = HexFormat.of().parseHex("41e00000");

  private final List<RtpPacket> sent = new ArrayList<>();
  private final RtpSender late = sender();
  private final RtpReceiver receiver = receiver();
  private int sequence = 100;

  private RtpSender sender() {
    return new RtpSender(
        new SenderConfig(
            "v", 1, 2, Map.of(Codec.H264, new PayloadTypes(96, 97)), true, HeaderExtensions.NONE),
        NTP,
        (buffer, offset, length, nowNanos) -> {
          RtpPacket packet = new RtpPacket();
          byte[] copy = Arrays.copyOfRange(buffer, offset, offset + length);
          assertThat(packet.wrap(copy, 0, copy.length)).isTrue();
          sent.add(packet);
        });
  }

  private RtpReceiver receiver() {
    return new RtpReceiver(
        new ReceiverConfig("v", Codec.H264, 96, 97, 7, 8, true, HeaderExtensions.NONE),
        new NtpAlignment(NTP),
        new ReceiverFeedback() {
          @Override
          public void sendNack(long mediaSsrc, int[] sequences, int count) {}

          @Override
          public void sendPictureLoss(long mediaSsrc) {}
        },
        new ReceiverOutput() {
          @Override
          public void forward(RtpPacket packet, boolean startsKeyFrame, long nowNanos) {
            late.forward(packet, startsKeyFrame, nowNanos);
          }

          @Override
          public void frame(dev.amphi.interactive.api.EncodedFrame frame) {}
        });
  }

  private void rtp(long timestamp, boolean marker, byte[] payload) {
    RtpPacket packet = new RtpPacket();
    packet.create(new byte[200], 0, 200, 96, marker);
    packet.sequence(sequence++);
    packet.timestamp(timestamp);
    packet.ssrc(7);
    assertThat(packet.appendPayload(payload, 0, payload.length)).isTrue();
    assertThat(receiver.onPacket(packet, timestamp * 11_111)).isTrue();
  }

  private static byte[] payload(RtpPacket packet) {
    return Arrays.copyOfRange(
        packet.buffer(), packet.payloadOffset(), packet.payloadOffset() + packet.payloadLength());
  }

  @Test
  void theNewestSetsGoAheadOfAKeyFrameThatCameWithout() {
    rtp(1000, false, SPS);
    rtp(1000, false, PPS);
    rtp(1000, true, IDR);
    rtp(4000, true, SLICE);
    assertThat(sent).as("nobody watches yet").isEmpty();
    late.switchTo(receiver, 0);
    rtp(7000, true, SLICE);
    rtp(10_000, true, IDR);
    rtp(13_000, true, SLICE);
    assertThat(sent).hasSize(3);
    byte[] sets = payload(sent.getFirst());
    assertThat(sets[0] & 0x1F).as("STAP-A").isEqualTo(24);
    assertThat(HexFormat.of().formatHex(sets))
        .endsWith("000e" + HexFormat.of().formatHex(SPS) + "0004" + HexFormat.of().formatHex(PPS));
    assertThat(sent.get(0).marker()).isFalse();
    assertThat(sent.get(0).timestamp()).isEqualTo(sent.get(1).timestamp());
    assertThat(payload(sent.get(1))).isEqualTo(IDR);
    int first = sent.getFirst().sequence();
    assertThat(sent).extracting(RtpPacket::sequence).containsExactly(first, first + 1, first + 2);
  }

  @Test
  void aKeyFrameThatBringsItsSetsIsLeftAsItIs() {
    late.switchTo(receiver, 0);
    rtp(1000, false, SPS);
    rtp(1000, false, PPS);
    rtp(1000, true, IDR);
    assertThat(sent).hasSize(3);
    assertThat(payload(sent.getFirst())).isEqualTo(SPS);
  }

  @Test
  void anIdrWhoseSetsMayBeLateIsWaitedFor() {
    late.switchTo(receiver, 0);
    rtp(1000, true, SLICE);
    sequence += 2; // its sets are on their way
    rtp(4000, true, IDR);
    assertThat(sent).isEmpty();
  }
}
