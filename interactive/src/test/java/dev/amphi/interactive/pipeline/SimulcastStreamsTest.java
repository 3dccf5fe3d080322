package dev.amphi.interactive.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.api.EncodedFrame;
import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.receive.ReceiverConfig;
import dev.amphi.interactive.receive.ReceiverOutput;
import dev.amphi.interactive.receive.RtpReceiver;
import dev.amphi.interactive.rtp.HeaderExtension;
import dev.amphi.interactive.rtp.HeaderExtensions;
import dev.amphi.interactive.rtp.RtpPacket;
import dev.amphi.interactive.rtp.codec.PictureSize;
import dev.amphi.interactive.send.SenderOutput;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The streams of a simulcast, found by MID and RID (RFC 8852). */
class SimulcastStreamsTest {
  private static final int MID = 4;
  private static final int RID = 10;
  private static final int REPAIRED = 11;
  private static final HeaderExtensions EXTENSIONS =
      HeaderExtensions.of(
          Map.of(
              HeaderExtension.MID, MID,
              HeaderExtension.RID, RID,
              HeaderExtension.REPAIRED_RID, REPAIRED));
  private static final ReceiverOutput NOWHERE =
      new ReceiverOutput() {
        @Override
        public void forward(RtpPacket packet, boolean startsKeyFrame, long nowNanos) {}

        @Override
        public void frame(EncodedFrame frame) {}
      };

  private final MediaEndpoint endpoint = endpoint();
  private final RtpReceiver q = receive(endpoint, "1", "q");
  private final RtpReceiver h = receive(endpoint, "1", "h");
  private final RtpReceiver f = receive(endpoint, "1", "f");
  private int sequence = 1;

  private static MediaEndpoint endpoint() {
    return new MediaEndpoint(
        new EndpointConfig(0x77, "amphi", Simulation.NTP, EXTENSIONS, false),
        new SenderOutput() {
          @Override
          public void sendRtp(byte[] buffer, int offset, int length) {}

          @Override
          public void sendRtcp(byte[] buffer, int offset, int length) {}
        });
  }

  private static RtpReceiver receive(MediaEndpoint endpoint, String mid, String rid) {
    return endpoint.receive(
        new ReceiverConfig(mid, rid, Codec.VP8, 96, 97, -1, -1, true, EXTENSIONS, -1), NOWHERE);
  }

  private void rtp(MediaEndpoint to, int type, long ssrc, String mid, int id, String rid) {
    byte[] buffer = new byte[200];
    RtpPacket packet = new RtpPacket();
    packet.create(buffer, 0, 200, type, true);
    packet.ssrc(ssrc);
    packet.sequence(sequence++);
    text(buffer, packet, MID, mid);
    text(buffer, packet, id, rid);
    byte[] key = {0x10, 0, 0, 0, (byte) 0x9D, 1, 0x2A, 0x40, 1, (byte) 0xB4, 0};
    assertThat(packet.appendPayload(key, 0, key.length)).isTrue();
    to.onRtp(buffer, 0, packet.length(), 0);
  }

  private static void text(byte[] buffer, RtpPacket packet, int id, String text) {
    if (!text.isEmpty()) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      System.arraycopy(bytes, 0, buffer, packet.appendExtension(id, bytes.length), bytes.length);
    }
  }

  @Test
  void eachLayerIsLearntByMidAndRidAndThenKnownBySsrc() {
    rtp(endpoint, 96, 0x30, "1", RID, "f");
    rtp(endpoint, 96, 0x10, "1", RID, "q");
    rtp(endpoint, 96, 0x20, "1", RID, "h");
    rtp(endpoint, 96, 0x10, "", RID, "");
    assertThat(q.ssrc()).isEqualTo(0x10);
    assertThat(h.ssrc()).isEqualTo(0x20);
    assertThat(f.ssrc()).isEqualTo(0x30);
    assertThat(q.stats().packets()).isEqualTo(2);
    assertThat(PictureSize.width(f.pictureSize())).isEqualTo(320);
    assertThat(PictureSize.height(f.pictureSize())).isEqualTo(180);
  }

  @Test
  void aRetransmissionIsLearntByItsRepairedRid() {
    rtp(endpoint, 96, 0x20, "1", RID, "h");
    rtp(endpoint, 97, 0x21, "1", REPAIRED, "h");
    assertThat(h.rtxSsrc()).isEqualTo(0x21);
    assertThat(f.rtxSsrc()).isEqualTo(-1);
  }

  @Test
  void aPacketThatCouldBeOfSeveralLayersIsOfNone() {
    rtp(endpoint, 96, 0x40, "1", RID, "");
    rtp(endpoint, 96, 0x40, "1", RID, "x");
    rtp(endpoint, 96, 0x40, "2", RID, "f");
    assertThat(endpoint.stats().unknownStream()).isEqualTo(3);
  }

  @Test
  void aFloodOfSourcesWithALayersNameFindsNoPlace() {
    rtp(endpoint, 96, 0x10, "1", RID, "q");
    for (int i = 0; i < 100_000; i++) {
      rtp(endpoint, 96, 0x10000L + i, "1", RID, "q");
    }
    assertThat(q.ssrc()).isEqualTo(0x10);
    assertThat(q.stats().packets()).isEqualTo(1);
    assertThat(f.ssrc()).as("the others are as free as before").isEqualTo(-1);
    assertThat(endpoint.stats().unknownStream()).isEqualTo(100_000);
  }

  @Test
  void anotherTransportsPacketsWithTheSameNamesAreItsOwn() {
    MediaEndpoint bens = endpoint();
    RtpReceiver benF = receive(bens, "1", "f");
    rtp(endpoint, 96, 0x30, "1", RID, "f");
    rtp(bens, 96, 0x30, "1", RID, "f");
    rtp(bens, 96, 0x31, "1", RID, "q");
    assertThat(f.stats().packets()).isEqualTo(1);
    assertThat(benF.stats().packets()).isEqualTo(1);
    assertThat(q.stats().packets()).isZero();
    assertThat(bens.stats().unknownStream()).isEqualTo(1);
  }
}
