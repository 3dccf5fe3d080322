package dev.amphi.interactive.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.api.TrackView.Source;
import dev.amphi.interactive.receive.RtpReceiver;
import dev.amphi.interactive.rtp.RtcpWriter;
import dev.amphi.interactive.rtp.RtpPacket;
import dev.amphi.interactive.rtp.codec.PictureSize;
import dev.amphi.interactive.rtp.codec.Vp8Depacketizer;
import dev.amphi.interactive.rtp.codec.Vp8Descriptor;
import dev.amphi.interactive.signal.ClientMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Ada's camera in three layers, watched by Carol and by Mallory, who sends whatever RTCP can say:
 * her own way may suffer, nobody else's.
 */
class HostileReceiverTest {
  private static final int VP8 = 96;
  private static final int MID = 4;
  private static final int RID = 10;
  private static final int ADA = 0;
  private static final int CAROL = 1;
  private static final int MALLORY = 2;
  private static final int FRAME_MILLIS = 33;

  private final ClassFixture theClass = new ClassFixture();
  private final List<Layer> layers = new ArrayList<>();
  private final byte[] rtcp = new byte[1500];
  private Attack attack = now -> {};
  private int pictures;
  private int turns;

  private interface Attack {
    void at(long nowNanos);
  }

  /** One of Ada's encodings; a key frame comes when one was asked for. */
  private final class Layer {
    final String rid;
    final long ssrc;
    final int height;
    int sequence;
    int pictureId;
    int keyFrames;

    Layer(String rid, int number, int height) {
      this.rid = rid;
      this.ssrc = 0x100L * number;
      this.height = height;
      this.sequence = 65_000 - number;
    }

    void frame(long timestamp) {
      boolean key = keyFrameWanted();
      keyFrames += key ? 1 : 0;
      byte[] payload = new byte[700];
      int width = height * 16 / 9;
      ByteBuffer.wrap(payload)
          .put(new byte[] {(byte) 0x90, (byte) 0x80})
          .putShort((short) (0x8000 | pictureId++))
          .put(new byte[] {(byte) (key ? 0x10 : 0x11), 0, 0, (byte) 0x9D, 1, 0x2A})
          .put(new byte[] {(byte) width, (byte) (width >> 8), (byte) height, (byte) (height >> 8)});
      byte[] buffer = new byte[RtpPacket.MAX_LENGTH];
      RtpPacket packet = new RtpPacket();
      packet.create(buffer, 0, buffer.length, VP8, true);
      packet.ssrc(ssrc);
      packet.sequence(sequence++ & 0xFFFF);
      packet.timestamp(timestamp);
      buffer[packet.appendExtension(MID, 1)] = '1';
      buffer[packet.appendExtension(RID, 1)] = rid.getBytes(StandardCharsets.UTF_8)[0];
      assertThat(packet.appendPayload(payload, 0, payload.length)).isTrue();
      path(ADA).listener.rtp(buffer, 0, packet.length(), theClass.loop.nanos());
    }

    private boolean keyFrameWanted() {
      return path(ADA)
          .sentRtcp
          .removeIf(sent -> (sent[1] & 0xFF) == 206 && ByteBuffer.wrap(sent).getInt(8) == ssrc);
    }
  }

  @BeforeEach
  void twoWatchAda() {
    ClassFixture.Person ada = theClass.enter("ada", Role.INSTRUCTOR);
    String sdp = ClassFixture.offerOf("chromium-simulcast");
    long n = ada.say(new ClientMessage.Offer(sdp, Map.of("1", Source.CAMERA), Map.of()));
    String camera = ada.wire.answerTo(n).at("/tracks/1").asText();
    for (String name : List.of("carol", "mallory")) {
      theClass
          .enter(name, Role.STUDENT)
          .say(new ClientMessage.Offer(sdp, Map.of(), Map.of("3", camera)));
    }
    theClass.transports.paths.forEach(path -> path.listener.connected());
    layers.add(new Layer("q", 1, 180));
    layers.add(new Layer("h", 2, 360));
    layers.add(new Layer("f", 3, 720));
  }

  private FakeTransports.Path path(int person) {
    return theClass.transports.paths.get(person);
  }

  private long ssrcOf(String person) {
    return theClass.slotOf(person, "3").sender().ssrc();
  }

  /** Pictures at 30 a second, and a hundred attacks a second between them. */
  private void film(int frames) {
    for (int i = 0; i < frames; i++) {
      long timestamp = 3000L * ++pictures;
      layers.forEach(layer -> layer.frame(timestamp));
      for (int part = 0; part < 3; part++) {
        theClass.loop.pass(FRAME_MILLIS / 3);
        attack.at(theClass.loop.nanos());
      }
    }
  }

  private void fromMallory(RtcpWriter writer, long nowNanos) {
    path(MALLORY).listener.rtcp(writer.buffer(), writer.offset(), writer.length(), nowNanos);
  }

  private RtcpWriter writer() {
    return new RtcpWriter(rtcp, 0, 1200);
  }

  private int keyFrames() {
    return layers.stream().mapToInt(layer -> layer.keyFrames).sum();
  }

  /** Pictures that Carol got; each follows the one before, and is of the largest layer. */
  private int assertCarolHasEverything(int from) {
    Vp8Descriptor descriptor = new Vp8Descriptor();
    List<byte[]> sent = path(CAROL).sentRtp;
    RtpPacket last = null;
    for (byte[] bytes : sent.subList(from, sent.size())) {
      RtpPacket packet = new RtpPacket();
      assertThat(packet.wrap(bytes, 0, bytes.length)).isTrue();
      int at = packet.payloadOffset();
      assertThat(packet.ssrc()).as("nothing is sent again").isEqualTo(ssrcOf("carol"));
      assertThat(descriptor.wrap(bytes, at, packet.payloadLength())).isTrue();
      if (last != null) {
        assertThat(packet.sequence()).isEqualTo((last.sequence() + 1) & 0xFFFF);
        assertThat(packet.timestamp() - last.timestamp()).isEqualTo(3000);
      }
      if (descriptor.startsKeyFrame(bytes, at)) {
        int size = new Vp8Depacketizer().pictureSize(bytes, at, packet.payloadLength());
        assertThat(PictureSize.height(size)).isEqualTo(720);
      }
      last = packet;
    }
    return sent.size() - from;
  }

  private int settled() {
    film(90);
    int before = path(CAROL).sentRtp.size();
    assertThat(before).isGreaterThan(80);
    path(MALLORY).sentRtp.clear();
    return before;
  }

  private void assertCarolUnharmed(int before, int keyFramesBefore, int frames) {
    assertThat(assertCarolHasEverything(before)).isEqualTo(frames);
    assertThat(theClass.slotOf("carol", "3").sender().source())
        .isInstanceOfSatisfying(
            RtpReceiver.class, shown -> assertThat(shown.config().rid()).isEqualTo("f"));
    assertThat(keyFrames() - keyFramesBefore)
        .as("three in ten seconds and one over")
        .isLessThanOrEqualTo(3 * frames * FRAME_MILLIS / 10_000 + 1);
  }

  @Test
  void whoAsksForEverythingGetsNoMoreThanTheBudget() {
    int before = settled();
    int keyFrames = keyFrames();
    int[] everything = new int[400];
    long packets = theClass.slotOf("mallory", "3").sender().stats().packets();
    attack =
        now -> {
          for (int i = 0; i < everything.length; i++) {
            everything[i] = (65_000 + pictures - everything.length + i) & 0xFFFF;
          }
          for (String whose : List.of("mallory", "carol")) {
            RtcpWriter writer = writer();
            assertThat(writer.nack(9, ssrcOf(whose), everything, everything.length)).isTrue();
            fromMallory(writer, now);
          }
        };
    film(900);
    assertCarolUnharmed(before, keyFrames, 900);
    var stats = theClass.slotOf("mallory", "3").sender().stats();
    assertThat(stats.retransmitted()).isPositive();
    assertThat(stats.retransmitted())
        .as("half, and 128 KiB that were saved up")
        .isLessThan((stats.packets() - packets) / 2 + 180);
    assertThat(theClass.slotOf("carol", "3").sender().stats().retransmitted()).isZero();
  }

  @Test
  void aFloodOfKeyFrameRequestsIsLimited() {
    int before = settled();
    int keyFrames = keyFrames();
    attack =
        now -> {
          for (String whose : List.of("mallory", "carol")) {
            RtcpWriter writer = writer();
            writer.pictureLoss(9, ssrcOf(whose));
            writer.fullIntraRequest(9, ssrcOf(whose), turns++ & 0xFF);
            fromMallory(writer, now);
          }
        };
    film(900);
    assertCarolUnharmed(before, keyFrames, 900);
    assertThat(keyFrames() - keyFrames).isGreaterThanOrEqualTo(6);
  }

  @Test
  void aReceiversOwnEstimateIsItsOwn() {
    int before = settled();
    int keyFrames = keyFrames();
    attack =
        now -> {
          RtcpWriter writer = writer();
          writer.receiverEstimate(9, turns++ % 200 < 100 ? 1 : Long.MAX_VALUE, ssrcOf("carol"));
          fromMallory(writer, now);
        };
    film(900);
    assertCarolUnharmed(before, keyFrames, 900);
  }

  @Test
  void transportFeedbackOfSixtyFiveThousandIsDropped() {
    int before = settled();
    int keyFrames = keyFrames();
    attack =
        now -> {
          for (int symbol = 0; symbol < 3; symbol++) { // missing, small and large deltas
            ByteBuffer message = ByteBuffer.wrap(rtcp);
            message.putInt(0x8FCD_0000 | (1200 / 4 - 1)).putInt(9).putInt((int) ssrcOf("carol"));
            message.putShort((short) 0).putShort((short) 65_000).putInt(turns++);
            for (int chunk = 0; chunk < 8; chunk++) {
              message.putShort((short) (symbol << 13 | 0x1FFF));
            }
            while (message.position() < 1200) {
              message.put((byte) turns);
            }
            path(MALLORY).listener.rtcp(rtcp, 0, 1200, now);
          }
        };
    film(900);
    assertCarolUnharmed(before, keyFrames, 900);
    assertThat(path(MALLORY).sentRtp).as("nor is she herself harmed").hasSizeGreaterThan(890);
  }

  @Test
  void nobodySaysGoodbyeForOthers() {
    int before = settled();
    int keyFrames = keyFrames();
    attack =
        now -> {
          RtcpWriter writer = writer();
          writer.receiverReport(9);
          writer.bye(ssrcOf("carol"));
          writer.bye(ssrcOf("mallory"));
          layers.forEach(layer -> writer.bye(layer.ssrc));
          fromMallory(writer, now);
        };
    film(300);
    assertCarolUnharmed(before, keyFrames, 300);
    assertThat(path(MALLORY).sentRtp).hasSizeGreaterThanOrEqualTo(300);
  }
}
