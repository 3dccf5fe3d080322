package dev.amphi.interactive.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.api.EncodedFrame;
import dev.amphi.interactive.api.ProgramTile;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.api.StageState;
import dev.amphi.interactive.api.TrackView.Source;
import dev.amphi.interactive.bandwidth.LayerRate;
import dev.amphi.interactive.rtp.RtpPacket;
import dev.amphi.interactive.rtp.codec.Vp8Depacketizer;
import dev.amphi.interactive.rtp.codec.Vp8Descriptor;
import dev.amphi.interactive.signal.ClientMessage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ada's camera comes in three layers, Ben watches it in one slot, and the program too. */
class SimulcastTest {
  private static final int VP8 = 96;
  private static final int MID = 4;
  private static final int RID = 10;

  private final ClassFixture theClass = new ClassFixture();
  private final List<Layer> layers = new ArrayList<>();
  private ClassFixture.Person ada;
  private ClassFixture.Person ben;
  private boolean temporalLayers;

  /** One of Ada's encodings; a key frame comes when one was asked for. */
  private final class Layer {
    final String rid;
    long ssrc;
    int width;
    int height;
    int sequence;
    long timestamp;
    int pictureId;
    int phase;
    int tl0;
    boolean on = true;
    boolean fresh;

    Layer(String rid, int number, int width, int height) {
      this.rid = rid;
      this.ssrc = 0x100L * number;
      this.width = width;
      this.height = height;
      this.sequence = 60_000 + 3000 * number;
      this.timestamp = 0x7000_0000L * number;
      this.pictureId = 1000 * number;
    }

    void frame() {
      timestamp += 3000;
      if (!on) {
        return;
      }
      boolean key = keyFrameWanted() || pictureId % 1000 == 0 || fresh;
      fresh = false;
      // Chromium's pattern of three temporal layers: 0 2 1 2; Y where a layer begins anew.
      phase = key ? 0 : phase + 1;
      int temporal = temporalLayers ? new int[] {0, 2, 1, 2}[phase % 4] : 0;
      tl0 += temporal == 0 ? 1 : 0;
      boolean sync = phase % 8 < 3 && temporal > 0;
      byte[] payload = {
        (byte) 0x90,
        (byte) 0xE0,
        (byte) (0x80 | pictureId >> 8),
        (byte) pictureId,
        (byte) tl0,
        (byte) (temporal << 6 | (sync ? 0x20 : 0)),
        (byte) (key ? 0x10 : 0x11),
        0,
        0,
        (byte) 0x9D,
        1,
        0x2A,
        (byte) width,
        (byte) (width >> 8),
        (byte) height,
        (byte) (height >> 8)
      };
      pictureId++;
      byte[] buffer = new byte[RtpPacket.MAX_LENGTH];
      RtpPacket packet = new RtpPacket();
      packet.create(buffer, 0, buffer.length, VP8, true);
      packet.ssrc(ssrc);
      packet.sequence(sequence++ & 0xFFFF);
      packet.timestamp(timestamp & 0xFFFF_FFFFL);
      buffer[packet.appendExtension(MID, 1)] = '1';
      buffer[packet.appendExtension(RID, 1)] = rid.getBytes(StandardCharsets.UTF_8)[0];
      packet.appendPayload(payload, 0, payload.length);
      adasPath().listener.rtp(buffer, 0, packet.length(), theClass.loop.nanos());
    }

    /** Whether a picture loss indication names this layer since the last look. */
    private boolean keyFrameWanted() {
      return adasPath()
          .sentRtcp
          .removeIf(
              rtcp ->
                  (rtcp[1] & 0xFF) == 206
                      && ((rtcp[8] & 0xFFL) << 24
                              | (rtcp[9] & 0xFF) << 16
                              | (rtcp[10] & 0xFF) << 8
                              | (rtcp[11] & 0xFF))
                          == ssrc);
    }
  }

  @BeforeEach
  void benWatchesAda() {
    ada = theClass.enter("ada", Role.INSTRUCTOR);
    ben = theClass.enter("ben", Role.STUDENT);
    String sdp = ClassFixture.offerOf("chromium-simulcast");
    long n = ada.say(new ClientMessage.Offer(sdp, Map.of("1", Source.CAMERA), Map.of()));
    String camera = ada.wire.answerTo(n).at("/tracks/1").asText();
    ben.say(new ClientMessage.Offer(sdp, Map.of(), Map.of("3", camera)));
    theClass.transports.paths.forEach(path -> path.listener.connected());
    layers.add(new Layer("q", 1, 320, 180));
    layers.add(new Layer("h", 2, 640, 360));
    layers.add(new Layer("f", 3, 1280, 720));
  }

  private FakeTransports.Path adasPath() {
    return theClass.transports.paths.get(0);
  }

  private void film(int frames) {
    for (int i = 0; i < frames; i++) {
      layers.forEach(Layer::frame);
      theClass.loop.pass(33);
    }
  }

  /** What Ben's slot sent, each packet a whole picture; nothing in it may jump. */
  private List<Integer> heightsSeenByBen() {
    return seenByBen().stream().map(Seen::height).toList();
  }

  private record Seen(int height, int temporal) {}

  private List<Seen> seenByBen() {
    List<Seen> seen = new ArrayList<>();
    Vp8Descriptor descriptor = new Vp8Descriptor();
    RtpPacket last = null;
    int lastPicture = 0;
    int height = 0;
    for (byte[] sent : theClass.transports.paths.get(1).sentRtp) {
      RtpPacket packet = new RtpPacket();
      assertThat(packet.wrap(sent, 0, sent.length)).isTrue();
      int at = packet.payloadOffset();
      assertThat(descriptor.wrap(sent, at, packet.payloadLength())).isTrue();
      if (last != null) {
        assertThat(packet.ssrc()).isEqualTo(last.ssrc());
        assertThat(packet.sequence()).isEqualTo((last.sequence() + 1) & 0xFFFF);
        assertThat((int) (packet.timestamp() - last.timestamp())).isBetween(1, 180_000);
        assertThat(descriptor.pictureId()).isEqualTo((lastPicture + 1) & 0x7FFF);
      }
      if (descriptor.startsKeyFrame(sent, at)) {
        height =
            dev.amphi.interactive.rtp.codec.PictureSize.height(
                new Vp8Depacketizer().pictureSize(sent, at, packet.payloadLength()));
      }
      seen.add(new Seen(height, descriptor.temporal()));
      last = packet;
      lastPicture = descriptor.pictureId();
    }
    return seen;
  }

  @Test
  void theBestLayerIsShownAndComposed() {
    film(60);
    assertThat(heightsSeenByBen()).hasSizeGreaterThan(55).endsWith(720, 720);
    assertThat(theClass.frames).hasSizeGreaterThan(55);
    assertThat(heightsSeenByBen().getFirst()).as("whichever key frame comes first").isEqualTo(180);
  }

  @Test
  void whoWaitsForSomebodyIsShownTheVeryFirstPictureAndHearsOfNoPause() {
    theClass.loop.pass(600);
    film(4);
    assertThat(heightsSeenByBen()).startsWith(180, 180, 180, 180);
    film(30);
    assertThat(heightsSeenByBen()).endsWith(720, 720);
    assertThat(ben.wire.of("subscription"))
        .noneMatch(told -> told.path("state").asText().equals("paused"));
  }

  @Test
  void whenALayerStopsTheNextOneIsShownAndItComesBackLater() {
    film(60);
    layers.get(2).on = false;
    int before = heightsSeenByBen().size();
    film(60);
    assertThat(heightsSeenByBen()).endsWith(360, 360);
    assertThat(heightsSeenByBen().size() - before).as("half a second is lost").isGreaterThan(40);
    layers.get(2).on = true;
    film(60);
    assertThat(heightsSeenByBen()).endsWith(720, 720);
    assertThat(heightsSeenByBen().size() - before).as("nothing is").isGreaterThan(100);
  }

  private void view(int width, int height) {
    ben.say(new ClientMessage.View(Map.of("3", new ClientMessage.Size(width, height))));
  }

  @Test
  void aThumbnailGetsTheSmallLayerAndALargeTileTheLargeOne() {
    film(30);
    view(240, 135);
    film(30);
    assertThat(heightsSeenByBen()).endsWith(180, 180).contains(720);
    view(1600, 900);
    film(30);
    assertThat(heightsSeenByBen()).endsWith(720, 720);
    view(700, 394);
    film(30);
    assertThat(heightsSeenByBen()).endsWith(360, 360);
    assertThat(heightsSeenByBen()).as("no picture is missing").hasSizeGreaterThan(116);
  }

  @Test
  void whatIsOutOfSightIsNotSent() {
    film(30);
    view(0, 0);
    int before = seenByBen().size();
    film(30);
    assertThat(seenByBen()).hasSize(before);
    view(640, 360);
    film(30);
    assertThat(heightsSeenByBen()).endsWith(360, 360);
  }

  private Slot bensSlot() {
    return theClass.slotOf("ben", "3");
  }

  @Test
  void whosePathComesUpLaterGetsAKeyFrameOfTheLayerThatIsShownThere() {
    film(30);
    view(160, 90);
    film(60);
    assertThat(heightsSeenByBen().getLast()).isEqualTo(180);
    adasPath().sentRtcp.clear();
    theClass.transports.paths.get(1).listener.connected();
    theClass.loop.pass(2_000);
    assertThat(layers.getFirst().keyFrameWanted()).isTrue();
  }

  @Test
  void theAllocatorLimitsTheLayersAndPauses() {
    temporalLayers = true;
    film(60);
    List<LayerRate> layers = bensSlot().layers(theClass.loop.nanos());
    assertThat(layers).extracting(LayerRate::height).containsOnly(180, 360, 720).hasSize(9);
    assertThat(layers).allMatch(LayerRate::active);
    assertThat(layers.get(0).bitrateBps()).isBetween(1L, layers.get(2).bitrateBps() / 2);

    bensSlot().target(1, 1, theClass.loop.nanos());
    film(30);
    int before = seenByBen().size();
    film(40);
    List<Seen> limited = seenByBen().subList(before, seenByBen().size());
    assertThat(limited).hasSizeBetween(19, 21).allMatch(seen -> seen.height() == 360);
    assertThat(limited).extracting(Seen::temporal).containsOnly(0, 1);

    bensSlot().target(-1, -1, theClass.loop.nanos());
    before = seenByBen().size();
    film(20);
    assertThat(seenByBen()).hasSize(before);

    bensSlot().target(2, 0, theClass.loop.nanos());
    film(60);
    bensSlot().target(2, 2, theClass.loop.nanos());
    film(60);
    assertThat(heightsSeenByBen()).endsWith(720);
    assertThat(seenByBen().subList(seenByBen().size() - 8, seenByBen().size()))
        .extracting(Seen::temporal)
        .contains(0, 1, 2);
  }

  @Test
  void layersThatNobodyNeedsRestAfterAWhileAndComeBackAtOnce() {
    ada.say(new ClientMessage.StageTo("ada", StageState.BACKSTAGE));
    view(240, 135);
    film(100);
    assertThat(ada.wire.of("encodings")).isEmpty();
    film(100);
    assertThat(ada.wire.last("encodings").toString())
        .contains("\"mid\":\"1\",\"active\":{\"f\":false,\"h\":false,\"q\":true}");
    view(640, 360);
    film(10);
    assertThat(ada.wire.last("encodings").at("/active").toString())
        .isEqualTo("{\"f\":false,\"h\":true,\"q\":true}");
    film(300);
    assertThat(ada.wire.of("encodings")).as("nothing changed since").hasSize(2);
  }

  /** Ada's browser does as it was told. */
  private void obey() {
    for (Layer layer : layers) {
      boolean told = ada.wire.last("encodings").at("/active/" + layer.rid).asBoolean();
      layer.fresh |= told && !layer.on;
      layer.on = told;
    }
  }

  private void theLargeLayerRests() {
    inProgram(232, 130);
    view(240, 135);
    film(300);
    assertThat(active()).isEqualTo("{\"f\":false,\"h\":false,\"q\":true}");
    obey();
    film(60);
  }

  @Test
  void aLayerThatComesFromItsRestIsShownFromItsFirstKeyFrameOn() {
    theLargeLayerRests();
    int before = heightsSeenByBen().size();
    adasPath().sentRtcp.clear();
    view(1600, 900);
    film(3); // The word to Ada and back takes a tenth of a second.
    assertThat(active()).isEqualTo("{\"f\":true,\"h\":false,\"q\":true}");
    assertThat(layers.getLast().keyFrameWanted()).as("it begins with one").isFalse();
    obey();
    film(30);
    List<Integer> seen = heightsSeenByBen().subList(before, heightsSeenByBen().size());
    assertThat(seen.subList(0, 4)).as("also beside the first large one").containsOnly(180);
    assertThat(seen.subList(4, seen.size())).hasSize(30).containsOnly(720);
  }

  @Test
  void theProgramTakesALayerThatComesFromItsRestFromItsFirstKeyFrameOn() {
    theLargeLayerRests();
    int before = theClass.frames.size();
    inProgram(1280, 720);
    film(3);
    obey();
    film(3);
    assertThat(heightsComposed()).endsWith(180, 720);
    assertThat(theClass.frames.subList(before, before + 4)).noneMatch(EncodedFrame::keyFrame);
    assertThat(theClass.frames.get(before + 4).keyFrame()).isTrue();
    assertThat(theClass.frames).hasSize(before + 7);
  }

  @Test
  void whenALayerDoesNotComeFromItsRestTheNextBestIsAskedForAndTheOldOneGoesOn() {
    theLargeLayerRests();
    int before = heightsSeenByBen().size();
    view(1600, 900);
    film(50);
    assertThat(active()).isEqualTo("{\"f\":true,\"h\":false,\"q\":true}");
    film(20);
    assertThat(active()).isEqualTo("{\"f\":true,\"h\":true,\"q\":true}");
    layers.removeLast();
    obey();
    film(10);
    assertThat(heightsSeenByBen()).endsWith(360, 360).hasSize(before + 81);
  }

  @Test
  void theProgramNeedsTheLargestLayerOfWhoIsOnStage() {
    view(240, 135);
    film(200);
    assertThat(ada.wire.last("encodings").at("/active").toString())
        .isEqualTo("{\"f\":true,\"h\":false,\"q\":true}");
  }

  @Test
  void aLayerThatHasNeverComeIsAskedForAsLongAsItMightSuit() {
    Layer middle = layers.remove(1);
    view(240, 135);
    inProgram(640, 360);
    film(400);
    assertThat(ada.wire.of("encodings")).as("all may come").isEmpty();
    layers.add(middle);
    film(400);
    assertThat(active()).isEqualTo("{\"f\":false,\"h\":true,\"q\":true}");
  }

  @Test
  void theNextBestIsAskedForWhenTheLargeLayerDoesNotCome() {
    view(240, 135);
    film(400);
    assertThat(active()).isEqualTo("{\"f\":true,\"h\":false,\"q\":true}");
    layers.removeIf(layer -> layer.height == 720);
    film(60);
    assertThat(active()).isEqualTo("{\"f\":true,\"h\":true,\"q\":true}");
  }

  /** The program shows Ada's camera at that size, and nothing of Ben. */
  private void inProgram(int width, int height) {
    theClass.rooms.shownInProgram(
        ClassFixture.STATUS.id(), List.of(new ProgramTile("ada", Source.CAMERA, width, height)));
    theClass.loop.pass(1);
  }

  /** The heights of the key frames that the program got. */
  private List<Integer> heightsComposed() {
    return theClass.frames.stream()
        .filter(EncodedFrame::keyFrame)
        .map(SimulcastTest::height)
        .toList();
  }

  /** RFC 6386 §9.1. */
  private static int height(EncodedFrame keyFrame) {
    ByteBuffer bytes = keyFrame.payload().slice().order(ByteOrder.LITTLE_ENDIAN);
    return bytes.getShort(8);
  }

  private String active() {
    return ada.wire.last("encodings").at("/active").toString();
  }

  @Test
  void aGridOfFourTakesTheMiddleLayerAndTheLargeOneRests() {
    view(240, 135);
    inProgram(618, 346);
    film(60);
    assertThat(heightsComposed()).endsWith(360).doesNotContain(720);
    film(140);
    assertThat(active()).isEqualTo("{\"f\":false,\"h\":true,\"q\":true}");
  }

  @Test
  void aTileThatGrowsGetsTheLargeLayerAtOnceAndTheOldOneUntilItComes() {
    inProgram(618, 346);
    film(60);
    int before = theClass.frames.size();
    inProgram(1024, 576);
    film(10);
    assertThat(heightsComposed()).endsWith(360, 720);
    assertThat(theClass.frames)
        .as("no picture is missing")
        .hasSizeBetween(before + 10, before + 11);
  }

  @Test
  void aTileThatShrinksKeepsItsLayerForThreeSecondsAndOneThatGrowsAgainForGood() {
    inProgram(1024, 576);
    film(30);
    inProgram(232, 130);
    film(80);
    inProgram(1024, 576);
    film(80);
    inProgram(232, 130);
    film(80);
    assertThat(heightsComposed()).endsWith(720);
    int changes = heightsComposed().size();
    film(30);
    assertThat(heightsComposed()).endsWith(720, 180).hasSize(changes + 1);
    film(160);
    assertThat(active()).as("Ben looks at the large one").contains("\"f\":true,\"h\":false");
  }

  @Test
  void whoIsOutOfSightIsComposedFromTheSmallest() {
    film(30);
    theClass.rooms.shownInProgram(ClassFixture.STATUS.id(), List.of());
    film(80);
    assertThat(heightsComposed()).as("a tile may still come").endsWith(720);
    film(140);
    assertThat(heightsComposed()).endsWith(180);
  }

  @Test
  void aTileOfAnotherShapeIsFilled() {
    inProgram(628, 470);
    film(60);
    assertThat(heightsComposed()).as("640×360 would be enlarged to 836×470").endsWith(720);
    inProgram(628, 356);
    film(120);
    assertThat(heightsComposed()).endsWith(360);
  }

  @Test
  void aSenderThatBeginsAnewIsFollowedWithoutAJump() {
    film(60);
    layers.forEach(layer -> layer.on = false);
    film(40);
    for (Layer layer : layers) {
      layer.on = true;
      layer.ssrc += 7;
      layer.sequence += 20_000;
      layer.timestamp += 0x5000_0000L;
      layer.pictureId += 500;
    }
    int before = seenByBen().size();
    int composed = theClass.frames.size();
    film(60);
    assertThat(heightsSeenByBen()).endsWith(720, 720);
    assertThat(seenByBen()).hasSizeGreaterThan(before + 50);
    assertThat(theClass.frames).hasSizeGreaterThan(composed + 50);
    long step =
        theClass.frames.get(composed).timestampTicks()
            - theClass.frames.get(composed - 1).timestampTicks();
    assertThat(step).as("ticks of the pause, 1.3 s and a bit").isBetween(110_000L, 140_000L);
  }

  @Test
  void aLayerThatChangesItsSizeIsJudgedByTheNewOne() {
    view(640, 360);
    film(60);
    assertThat(heightsSeenByBen()).endsWith(360, 360);
    for (Layer layer : layers) { // The camera turns small: the largest suits now.
      layer.width /= 2;
      layer.height /= 2;
      layer.fresh = true;
    }
    film(60);
    assertThat(heightsSeenByBen()).endsWith(360, 360);
    assertThat(heightsSeenByBen()).contains(180);
  }

  @Test
  void whoKeepsTheTracksGetsTheLargestLayerWhateverTheProgramShows() {
    theLargeLayerRests();
    int before = theClass.frames.size();
    theClass.rooms.keepTracks("demo", true);
    film(3); // The word to Ada and back takes a tenth of a second.
    assertThat(active()).isEqualTo("{\"f\":true,\"h\":false,\"q\":true}");
    obey();
    film(60);
    assertThat(theClass.kept.getFirst().keyFrame()).isTrue();
    assertThat(theClass.kept.stream().filter(EncodedFrame::keyFrame).map(SimulcastTest::height))
        .endsWith(720);
    assertThat(heightsComposed()).as("the program goes on as it did").doesNotContain(720);
    assertThat(theClass.frames).hasSize(before + 63);
    assertThat(theClass.kept).hasSizeBetween(58, 63);

    layers.getLast().on = false;
    film(60);
    assertThat(theClass.kept).as("the next best stands in").hasSizeGreaterThan(95);
    ada.say(new ClientMessage.Agree(false));
    int withdrawn = theClass.kept.size();
    film(10);
    assertThat(theClass.kept).as("of who said no").hasSize(withdrawn);

    theClass.rooms.keepTracks("demo", false);
    film(3);
    ada.say(new ClientMessage.Agree(true));
    film(300);
    assertThat(theClass.kept).hasSize(withdrawn);
    assertThat(active()).isEqualTo("{\"f\":false,\"h\":false,\"q\":true}");
  }

  @Test
  void theProgramGetsOneLayersFramesOnOneLineOfTime() {
    film(60);
    layers.get(2).on = false;
    film(60);
    layers.get(2).on = true;
    film(60);
    long last = Long.MIN_VALUE;
    for (var frame : theClass.frames) {
      if (last != Long.MIN_VALUE) {
        assertThat(frame.timestampTicks() - last).isBetween(1L, 60_000L);
      }
      last = frame.timestampTicks();
    }
    assertThat(theClass.frames).hasSizeBetween(155, 180);
  }
}
