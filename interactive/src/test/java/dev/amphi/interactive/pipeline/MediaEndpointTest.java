package dev.amphi.interactive.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.api.EncodedFrame;
import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.receive.ReceiverConfig;
import dev.amphi.interactive.receive.ReceiverOutput;
import dev.amphi.interactive.receive.RtpReceiver;
import dev.amphi.interactive.rtp.RtcpPacket;
import dev.amphi.interactive.rtp.RtcpReader;
import dev.amphi.interactive.rtp.RtcpWriter;
import dev.amphi.interactive.rtp.RtpPacket;
import dev.amphi.interactive.send.SenderOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaEndpointTest {
  private static final long MILLI = 1_000_000;
  private static final int MID = 4;

  private final List<RtcpPacket> rtcp = new ArrayList<>();
  private final List<Integer> forwarded = new ArrayList<>();
  private int frames;
  private final MediaEndpoint endpoint =
      new MediaEndpoint(
          new EndpointConfig(0x77, "amphi", Simulation.NTP, Simulation.EXTENSIONS, true),
          new SenderOutput() {
            @Override
            public void sendRtp(byte[] buffer, int offset, int length) {}

            @Override
            public void sendRtcp(byte[] buffer, int offset, int length) {
              rtcp.addAll(new RtcpReader().read(buffer, offset, length));
            }
          });
  private final ReceiverOutput output =
      new ReceiverOutput() {
        @Override
        public void forward(RtpPacket packet, boolean startsKeyFrame, long nowNanos) {
          forwarded.add(packet.sequence());
        }

        @Override
        public void frame(EncodedFrame frame) {
          frames++;
        }
      };

  private RtpReceiver receive(String mid, Codec codec, int payloadType, int rtx) {
    return endpoint.receive(
        new ReceiverConfig(mid, codec, payloadType, rtx, -1, -1, rtx >= 0, Simulation.EXTENSIONS),
        output);
  }

  private void rtp(String mid, int payloadType, long ssrc, int sequence, long nowNanos) {
    byte[] buffer = new byte[100];
    RtpPacket packet = new RtpPacket();
    packet.create(buffer, 0, 100, payloadType, true);
    packet.ssrc(ssrc);
    packet.sequence(sequence);
    packet.timestamp(3000L * sequence);
    if (!mid.isEmpty()) {
      buffer[packet.appendExtension(MID, 1)] = (byte) mid.charAt(0);
    }
    byte[] key = {0x10, 0, 0, 0, (byte) 0x9D, 1, 0x2A, 16, 0, 16, 0};
    assertThat(packet.appendPayload(key, 0, key.length)).isTrue();
    endpoint.onRtp(buffer, 0, packet.length(), nowNanos);
  }

  @Test
  void findsStreamsByMidAndThenBySsrc() {
    RtpReceiver camera = receive("1", Codec.VP8, 96, 97);
    RtpReceiver screen = receive("2", Codec.VP8, 96, 97);
    rtp("2", 96, 0x2222, 1, 0);
    rtp("1", 96, 0x1111, 1, 0);
    rtp("", 96, 0x1111, 2, 0);
    assertThat(camera.ssrc()).isEqualTo(0x1111);
    assertThat(screen.ssrc()).isEqualTo(0x2222);
    assertThat(camera.stats().packets()).isEqualTo(2);
    rtp("", 96, 0x3333, 1, 0);
    assertThat(endpoint.stats().unknownStream()).as("either could be meant").isEqualTo(1);
  }

  @Test
  void findsTheOnlyStreamOfAPayloadTypeWithoutMid() {
    RtpReceiver sound = receive("0", Codec.OPUS, 111, -1);
    receive("1", Codec.VP8, 96, 97);
    rtp("", 111, 0x1111, 1, 0);
    assertThat(sound.stats().packets()).isEqualTo(1);
  }

  @Test
  void aFloodOfSourcesFindsNoPlace() {
    RtpReceiver camera = receive("1", Codec.VP8, 96, 97);
    rtp("1", 96, 0x1111, 1, 0);
    for (int i = 0; i < 100_000; i++) {
      rtp("1", 96, 0x10000L + i, 1, MILLI);
      rtp("1", 33, 0x1111, 2, MILLI);
    }
    assertThat(camera.ssrc()).isEqualTo(0x1111);
    assertThat(camera.stats().packets()).isEqualTo(1);
    assertThat(forwarded).containsExactly(1);
    assertThat(endpoint.stats().unknownStream()).isEqualTo(100_000);
  }

  @Test
  void anotherSourceTakesOverAfterASilence() {
    RtpReceiver camera = receive("1", Codec.VP8, 96, 97);
    rtp("1", 96, 0x1111, 60_000, 0);
    rtp("1", 96, 0x2222, 5, 500 * MILLI);
    assertThat(camera.ssrc()).isEqualTo(0x1111);
    rtp("1", 96, 0x2222, 6, 1500 * MILLI);
    assertThat(camera.ssrc()).isEqualTo(0x2222);
    assertThat(forwarded).containsExactly(60_000, 6);
    assertThat(frames).isEqualTo(2);
  }

  @Test
  void aSourceThatStartsOverIsFollowed() {
    receive("1", Codec.VP8, 96, 97);
    for (int i = 0; i < 10; i++) {
      rtp("1", 96, 0x1111, 40_000 + i, 0);
    }
    for (int i = 0; i < 10; i++) {
      rtp("1", 96, 0x1111, 30_000 + i, MILLI);
    }
    assertThat(forwarded).hasSize(19).endsWith(30_008, 30_009);
  }

  @Test
  void reportsEverySecondWithACname() {
    receive("1", Codec.VP8, 96, 97);
    rtp("1", 96, 0x1111, 1, 0);
    rtp("1", 96, 0x1111, 3, 30 * MILLI);
    RtcpWriter writer = new RtcpWriter(new byte[100], 0, 100);
    writer.senderReport(0x1111, 0x1122334455667788L, 0, 1, 1);
    endpoint.onRtcp(writer.buffer(), 0, writer.length(), 500 * MILLI);
    while (endpoint.nextDeadlineNanos() < 1000 * MILLI) {
      endpoint.poll(endpoint.nextDeadlineNanos());
    }
    rtcp.clear();
    assertThat(endpoint.nextDeadlineNanos()).isEqualTo(1000 * MILLI);
    endpoint.poll(1000 * MILLI);
    assertThat(rtcp).contains(new RtcpPacket.SourceDescription(0x77, "amphi"));
    assertThat(rtcp)
        .filteredOn(RtcpPacket.ReceiverReport.class::isInstance)
        .singleElement()
        .isInstanceOfSatisfying(
            RtcpPacket.ReceiverReport.class,
            report -> {
              assertThat(report.senderSsrc()).isEqualTo(0x77);
              assertThat(report.blocks()).hasSize(1);
              assertThat(report.blocks().getFirst().ssrc()).isEqualTo(0x1111);
              assertThat(report.blocks().getFirst().cumulativeLost()).isEqualTo(1);
              assertThat(report.blocks().getFirst().lastReport()).isEqualTo(0x33445566L);
              assertThat(report.blocks().getFirst().delaySinceLastReport()).isEqualTo(32_768);
            });
  }

  @Test
  void aRemovedStreamIsNotHeard() {
    RtpReceiver camera = receive("1", Codec.VP8, 96, 97);
    rtp("1", 96, 0x1111, 1, 0);
    endpoint.remove(camera);
    rtp("1", 96, 0x1111, 2, 0);
    assertThat(forwarded).containsExactly(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void hostileBytesAreDroppedAndNothingGrows(long seed) {
    Random random = new Random(seed);
    RtpReceiver vp8 = receive("1", Codec.VP8, 96, 97);
    RtpReceiver h264 = receive("2", Codec.H264, 102, 103);
    receive("3", Codec.OPUS, 111, -1);
    endpoint.send(ScenarioStage.sender(0x5151, 0x5152, Codec.VP8)).switchTo(vp8, 0);
    endpoint.send(ScenarioStage.sender(0x6161, 0x6162, Codec.H264)).switchTo(h264, 0);
    int[] types = {96, 97, 102, 103, 111, 96 | 0x80, 102 | 0x80, 33};
    long[] ssrcs = {0x1111, 0x1112, 0x2221, 0x2222, 0x3333, 0x5151, 0x6161};
    byte[] buffer = new byte[1500];
    long now = 0;
    for (int round = 0; round < 40_000; round++) {
      random.nextBytes(buffer);
      int length = random.nextInt(200);
      now += random.nextInt(2_000_000);
      if (random.nextInt(4) == 0) {
        buffer[0] = (byte) (0x80 | random.nextInt(32));
        buffer[1] = (byte) (200 + random.nextInt(8));
        buffer[2] = 0;
        buffer[3] = (byte) Math.max(0, length / 4 - 1);
        putSsrc(buffer, 8, ssrcs[random.nextInt(ssrcs.length)]);
        endpoint.onRtcp(buffer, 0, length, now);
      } else {
        buffer[0] = (byte) (0x80 | (random.nextInt(8) == 0 ? random.nextInt(64) : 0x10));
        buffer[1] = (byte) types[random.nextInt(types.length)];
        buffer[2] = (byte) (random.nextInt(50) == 0 ? random.nextInt() : round >> 11);
        putSsrc(buffer, 8, ssrcs[random.nextInt(ssrcs.length)]);
        buffer[12] = (byte) 0xBE;
        buffer[13] = (byte) 0xDE;
        buffer[14] = 0;
        buffer[15] = 1;
        buffer[16] = (byte) (MID << 4);
        buffer[17] = (byte) ('1' + random.nextInt(3));
        endpoint.onRtp(buffer, 0, length, now);
      }
      if (endpoint.nextDeadlineNanos() <= now) {
        endpoint.poll(now);
      }
    }
    assertThat(vp8.stats().packets() + h264.stats().packets()).isPositive();
    assertThat(endpoint.stats().malformedRtcp()).isPositive();
    assertThat(rtcp.size()).as("answers are paced").isLessThan((int) (now / MILLI));
    rtcp.clear();
  }

  private static void putSsrc(byte[] buffer, int at, long ssrc) {
    for (int i = 0; i < 4; i++) {
      buffer[at + i] = (byte) (ssrc >> (24 - 8 * i));
    }
  }
}
