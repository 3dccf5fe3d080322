package dev.amphi.interactive.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.api.TrackView.Source;
import dev.amphi.interactive.bandwidth.LayerRate;
import dev.amphi.interactive.rtp.RtpPacket;
import dev.amphi.interactive.signal.ClientMessage;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Ada's camera is one AV1 stream of two spatial layers, with descriptors that Chromium 156 sent.
 * Ben's browser takes descriptors, Cleo's does not, as Chromium's by itself.
 */
class Av1LayersTest {
  private static final int MID = 4;
  private static final int DEPENDENCIES = 12;
  private static final int PICTURES = 30;

  /** A key picture comes so often: the larger layer is known behind the first, and shown then. */
  private static final int KEYS = 10;

  /** L2T2: a key picture, then the pictures behind it in turn. */
  private static final List<String> DESCRIPTORS =
      List.of(
          "c000008003187aaaf130a0a014d1413823046008642222265013f00b3027f01670",
          "c30001",
          "c20000",
          "c50000",
          "c10000",
          "c40000");

  private final ClassFixture theClass = new ClassFixture();
  private int number;

  @BeforeEach
  void benAndCleoWatchAda() {
    String offer = ClassFixture.offerOf("chromium-simulcast");
    String one = offer.replaceAll("(?m)^a=(rid|simulcast):.*\\R", "").replace("96 VP8", "96 AV1");
    String without = offer.replaceAll("(?m)^a=extmap:12 .*\\R", "");
    ClassFixture.Person ada = theClass.enter("ada", Role.INSTRUCTOR);
    long n = ada.say(new ClientMessage.Offer(one, Map.of("1", Source.CAMERA), Map.of()));
    String camera = ada.wire.answerTo(n).at("/tracks/1").asText();
    ClassFixture.Person ben = theClass.enter("ben", Role.STUDENT);
    ben.say(new ClientMessage.Offer(offer, Map.of(), Map.of("3", camera)));
    ClassFixture.Person cleo = theClass.enter("cleo", Role.STUDENT);
    cleo.say(new ClientMessage.Offer(without, Map.of(), Map.of("3", camera)));
    theClass.transports.paths.forEach(path -> path.listener.connected());
    for (int picture = 0; picture < PICTURES; picture++) {
      for (int layer = 0; layer < 2; layer++) {
        send(picture, layer);
      }
      theClass.loop.pass(33);
    }
  }

  private void send(int picture, int layer) {
    int which = picture % KEYS == 0 ? 0 : picture % 2 == 1 ? 2 : 4;
    boolean key = which + layer == 0;
    byte[] descriptor = HexFormat.of().parseHex(DESCRIPTORS.get(which + layer));
    descriptor[1] = (byte) (number >> 8);
    descriptor[2] = (byte) number;
    byte[] buffer = new byte[RtpPacket.MAX_LENGTH];
    RtpPacket packet = new RtpPacket();
    packet.create(buffer, 0, buffer.length, 96, layer == 1);
    packet.ssrc(0x100);
    packet.sequence(number++);
    packet.timestamp(3000L * picture);
    buffer[packet.appendExtension(MID, 1)] = '1';
    int at = packet.appendExtension(DEPENDENCIES, descriptor.length);
    System.arraycopy(descriptor, 0, buffer, at, descriptor.length);
    // Aggregation header (N where a sequence begins), then one OBU: sequence header or frame.
    byte[] payload = {(byte) (key ? 0x18 : 0x10), (byte) (key ? 0x08 : 0x30), 1};
    packet.appendPayload(payload, 0, payload.length);
    FakeTransports.Path path = theClass.transports.paths.get(0);
    path.listener.rtp(buffer, 0, packet.length(), theClass.loop.nanos());
  }

  private List<LayerRate> layersFor(String whom) {
    return theClass.slotOf(whom, "3").layers(theClass.loop.nanos());
  }

  @Test
  void whoTakesDescriptorsGetsAndPaysForAllLayers() {
    assertThat(theClass.transports.paths.get(1).sentRtp).hasSize(2 * PICTURES - KEYS);
    assertThat(layersFor("ben")).extracting(LayerRate::spatial).containsExactly(0, 0, 1, 1);
    assertThat(theClass.slotOf("ben", "3").suiting()).isEqualTo(1);
  }

  @Test
  void whoTakesNoneGetsAndPaysForTheSmallest() {
    assertThat(theClass.transports.paths.get(2).sentRtp).hasSize(PICTURES);
    assertThat(layersFor("cleo")).extracting(LayerRate::spatial).containsExactly(0, 0);
    assertThat(theClass.slotOf("cleo", "3").suiting()).isZero();
  }
}
