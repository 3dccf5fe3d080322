package dev.amphi.interactive.send;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.amphi.interactive.rtp.HeaderExtension;
import dev.amphi.interactive.rtp.HeaderExtensions;
import dev.amphi.interactive.rtp.RtpPacket;
import dev.amphi.interactive.rtp.codec.DependencyDescriptor;
import dev.amphi.interactive.rtp.codec.DependencyStructure;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Layers of AV1, by descriptors that Chromium 156 sent (libaom, 640×360 and 1280×720). */
class Av1ContinuityTest {
  /** L2T2: two spatial, two temporal layers, each picture refers to its lower layer. */
  private static final Film L2T2 =
      new Film(
          List.of(
              "800000 8003187aaaf130a0a014d1413823046008642222265013f00b3027f01670"
                  .replace(" ", ""),
              "830000"),
          List.of("820000", "850000", "810000", "840000"));

  /** L3T3_KEY while the browser sent two of the three: they depend on each other at keys only. */
  private static final Film L3T3_KEY =
      new Film(
          List.of(
              "800000"
                  + "c0081485214eaaaaa8000600004000100002aa80a8000600004000100002a000a8000600004000"
                  + "16d549241b5524906d54923157e001974ca864330e222396eca8655304224390eca87753013f00b3027f016704ff02cf1f80",
              "850000"),
          List.of(
              "8300001a20100800",
              "8800001a20181000",
              "8200001a60201800",
              "8700001a60282000",
              "8300001a20302800",
              "8800001a20383000",
              "8100001ae0403800",
              "8600001ae0084000"));

  private static final int IN = 12;
  private static final int OUT = 4;

  private final Av1Continuity continuity = new Av1Continuity();
  private final List<Seen> sent = new ArrayList<>();
  private final DependencyDescriptor reader = new DependencyDescriptor();
  private @Nullable DependencyStructure known;
  private Film film = L2T2;
  private int next;
  private int place;
  private int picture;
  private int shift;

  /** The descriptors of a key picture, and of those that follow it again and again. */
  private record Film(List<String> key, List<String> rest) {}

  private record Seen(int frame, int spatial, int temporal, boolean marker, int active) {}

  Av1ContinuityTest() {
    continuity.extensions(extensions(IN), extensions(OUT));
    continuity.target(9, 9);
    continuity.start();
  }

  private static HeaderExtensions extensions(int id) {
    return HeaderExtensions.of(Map.of(HeaderExtension.DEPENDENCY_DESCRIPTOR, id));
  }

  private void key() {
    place = 0;
    picture++;
    packet(film.key().get(0), next++, false);
    packet(film.key().get(1), next++, true);
  }

  private void play(int pictures) {
    for (int i = 0; i < pictures; i++) {
      picture++;
      for (int layer = 0; layer < 2; layer++) {
        packet(film.rest().get(place++ % film.rest().size()), next++, layer == 1);
      }
    }
  }

  private RtpPacket made(byte[] descriptor, int number, int picture, boolean marker) {
    RtpPacket packet = new RtpPacket();
    packet.create(new byte[600], 0, 600, 45, marker);
    packet.timestamp(picture * 3000L);
    descriptor[0] |= 0x40; // The only packet of its frame.
    descriptor[1] = (byte) (number >> 8);
    descriptor[2] = (byte) number;
    int at = packet.appendExtension(IN, descriptor.length);
    System.arraycopy(descriptor, 0, packet.buffer(), at, descriptor.length);
    assertThat(packet.appendPayload(new byte[] {0x10, 0x30, 1}, 0, 3)).isTrue();
    return packet;
  }

  private void packet(String descriptor, int number, boolean marker) {
    byte[] bytes = HexFormat.of().parseHex(descriptor);
    bytes[0] += (byte) shift;
    take(made(bytes, number, picture, marker));
  }

  private void take(RtpPacket packet) {
    if (!continuity.take(packet)) {
      return;
    }
    RtpPacket out = out(packet, continuity.given());
    boolean read =
        reader.wrap(out.buffer(), out.extensionOffset(OUT), out.extensionLength(OUT), known);
    assertThat(read).as("what goes out can be read").isTrue();
    known = reader.attached() == null ? known : reader.attached();
    sent.add(
        new Seen(
            reader.frameNumber(),
            reader.spatial(),
            reader.temporal(),
            continuity.marker(packet),
            reader.tellsActive() ? reader.active() : -1));
  }

  private RtpPacket out(RtpPacket packet, long given) {
    RtpPacket out = new RtpPacket();
    out.create(new byte[600], 0, 600, 45, false);
    assertThat(out.appendExtension(1, 3)).isPositive();
    assertThat(continuity.append(out, packet, given)).isTrue();
    assertThat(out.extensionLength(1)).as("others stay").isEqualTo(3);
    assertThat(out.payloadLength()).isEqualTo(packet.payloadLength());
    return out;
  }

  private List<Seen> from(int index) {
    return sent.subList(index, sent.size());
  }

  @Test
  void everythingPassesAsItIsWithoutALimit() {
    key();
    play(30);
    assertThat(sent).hasSize(62).allMatch(seen -> seen.active() == -1);
    assertThat(sent).filteredOn(Seen::marker).hasSize(31).allMatch(seen -> seen.spatial() == 1);
    assertThat(continuity.needsKeyFrame()).isFalse();
  }

  @Test
  void theSmallLayerAloneCarriesMarkersAndSaysWhatIsLeft() {
    continuity.target(0, 9);
    key();
    play(8);
    assertThat(sent).hasSize(9).allMatch(seen -> seen.spatial() == 0 && seen.marker());
    assertThat(sent).extracting(Seen::active).containsOnly(0b0011);
    assertThat(sent).extracting(Seen::frame).as("holes stay").startsWith(0, 2, 4, 6);
  }

  /** Seen with Chromium 156: of more it decodes nothing, and asks for key frames all the time. */
  @Test
  void whoTakesNoDescriptorsGetsTheSmallestLayerOnly() {
    continuity.extensions(extensions(IN), HeaderExtensions.of(Map.of()));
    continuity.target(9, 9);
    List<String> all = new ArrayList<>(film.key());
    all.addAll(film.rest());
    for (int i = 0; i < all.size(); i++) {
      boolean larger = i % 2 == 1;
      RtpPacket packet = made(HexFormat.of().parseHex(all.get(i)), next++, i / 2, larger);
      assertThat(continuity.take(packet)).isEqualTo(!larger);
      if (!larger) {
        assertThat(continuity.marker(packet)).isTrue();
        assertThat(out(packet, continuity.given()).extensionLength(OUT)).isEqualTo(-1);
      }
    }
    assertThat(continuity.needsKeyFrame()).as("the larger one is not waited for").isFalse();
  }

  @Test
  void lessOftenAtOnceAndMoreOftenWhereItCanBeDecoded() {
    key();
    play(3);
    continuity.target(9, 0);
    int before = sent.size();
    play(8);
    assertThat(from(before)).hasSize(8).allMatch(seen -> seen.temporal() == 0);
    assertThat(continuity.needsKeyFrame()).isFalse();
    continuity.target(9, 9);
    before = sent.size();
    play(8);
    assertThat(from(before)).extracting(Seen::temporal).contains(1);
    assertThat(from(before)).hasSizeGreaterThanOrEqualTo(14);
  }

  @Test
  void downAtTheNextPictureUpAtAKeyFrame() {
    key();
    play(5);
    continuity.target(0, 9);
    assertThat(continuity.needsKeyFrame()).isFalse();
    int before = sent.size();
    play(6);
    assertThat(from(before)).hasSize(6).allMatch(seen -> seen.spatial() == 0 && seen.marker());
    continuity.target(1, 9);
    before = sent.size();
    play(6);
    assertThat(from(before)).hasSize(6).allMatch(seen -> seen.spatial() == 0 && seen.marker());
    assertThat(continuity.needsKeyFrame()).isTrue();
    before = sent.size();
    key();
    play(2);
    assertThat(continuity.needsKeyFrame()).isFalse();
    assertThat(from(before)).hasSize(6).allMatch(seen -> seen.active() == -1);
    assertThat(from(before)).filteredOn(Seen::marker).allMatch(seen -> seen.spatial() == 1);
  }

  @Test
  void lowerLayersThatNobodyNeedsStayAway() {
    film = L3T3_KEY;
    key();
    int before = sent.size();
    assertThat(before).as("the key picture is needed whole").isEqualTo(2);
    play(12);
    assertThat(from(before)).hasSize(12).allMatch(seen -> seen.spatial() == 1 && seen.marker());
    continuity.target(0, 9);
    before = sent.size();
    play(5);
    assertThat(from(before)).as("until a key frame").allMatch(seen -> seen.spatial() == 1);
    assertThat(continuity.needsKeyFrame()).isTrue();
    before = sent.size();
    key();
    play(5);
    assertThat(from(before)).hasSize(6).allMatch(seen -> seen.spatial() == 0 && seen.marker());
    assertThat(continuity.needsKeyFrame()).isFalse();
  }

  @Test
  void aPictureThatComesLaterInPiecesKeepsWhatWasDecided() {
    key();
    play(1);
    int late = next++;
    continuity.target(0, 9);
    picture++;
    packet(film.rest().get(3), next++, true);
    picture++;
    packet(film.rest().get(0), next++, false);
    picture--;
    int before = sent.size();
    packet(film.rest().get(2), late, false);
    assertThat(from(before)).extracting(Seen::frame).containsExactly(late);
  }

  @Test
  void anotherSourceGoesOnWithNumbersAndOtherTemplates() {
    key();
    play(4);
    int last = sent.getLast().frame();
    int ids = known == null ? -1 : known.idOffset() + known.templates();
    continuity.start();
    film = L3T3_KEY;
    next = 700;
    int before = sent.size();
    key();
    play(2);
    assertThat(sent.get(before).frame()).isEqualTo(last + 1);
    assertThat(known == null ? -1 : known.idOffset()).isEqualTo(ids);
    assertThat(from(before)).hasSize(4);
  }

  @Test
  void whatIsSentAgainIsTheSame() {
    continuity.target(0, 9);
    key();
    byte[] descriptor = HexFormat.of().parseHex(film.rest().get(2));
    RtpPacket packet = made(descriptor, next++, ++picture, false);
    assertThat(continuity.take(packet)).isTrue();
    long given = continuity.given();
    byte[] first = out(packet, given).buffer().clone();
    continuity.extensions(extensions(7), extensions(OUT));
    continuity.start();
    assertThat(out(packet, given).buffer()).isEqualTo(first);
  }

  @Test
  void packetsWithoutDescriptorPassAsTheyAre() {
    RtpPacket packet = new RtpPacket();
    packet.create(new byte[100], 0, 100, 45, true);
    assertThat(packet.appendPayload(new byte[] {0x18, 0x08}, 0, 2)).isTrue();
    assertThat(continuity.take(packet)).isTrue();
    assertThat(continuity.marker(packet)).isTrue();
    RtpPacket out = new RtpPacket();
    out.create(new byte[100], 0, 100, 45, true);
    assertThat(continuity.append(out, packet, continuity.given())).isTrue();
    assertThat(out.extensionLength(OUT)).isEqualTo(-1);
  }

  @Test
  void mutatedDescriptorsNeverThrow() {
    Random random = new Random(17);
    List<String> all = new ArrayList<>(L2T2.key());
    all.addAll(L3T3_KEY.key());
    all.addAll(L3T3_KEY.rest());
    key();
    for (int round = 0; round < 60_000; round++) {
      byte[] bytes = HexFormat.of().parseHex(all.get(random.nextInt(all.size())));
      RtpPacket packet =
          made(bytes, next + random.nextInt(400) - 200, picture += random.nextInt(2), false);
      int at = packet.extensionOffset(IN);
      for (int i = random.nextInt(4); i > 0; i--) {
        packet.buffer()[at + random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      }
      next += random.nextInt(3);
      continuity.target(random.nextInt(4), random.nextInt(4));
      if (random.nextInt(500) == 0) {
        continuity.start();
      }
      if (continuity.take(packet)) {
        RtpPacket out = new RtpPacket();
        out.create(new byte[600], 0, 600, 45, false);
        continuity.append(out, packet, continuity.given());
      }
      continuity.needsKeyFrame();
    }
  }

  @Test
  void theSteadyPathAllocatesNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    film = L3T3_KEY;
    continuity.target(1, 1);
    key();
    List<RtpPacket> packets = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = HexFormat.of().parseHex(film.rest().get(i % 8));
      packets.add(made(bytes, next++, picture += i % 2 == 0 ? 1 : 0, i % 2 == 1));
    }
    RtpPacket out = new RtpPacket();
    byte[] buffer = new byte[600];
    long id = Thread.currentThread().threadId();
    long before = 0;
    for (int i = 0; i < packets.size(); i++) {
      if (i == packets.size() / 2) {
        before = threads.getThreadAllocatedBytes(id);
      }
      RtpPacket packet = packets.get(i);
      if (continuity.take(packet)) {
        out.create(buffer, 0, 600, 45, continuity.marker(packet));
        continuity.append(out, packet, continuity.given());
      }
    }
    assertThat(threads.getThreadAllocatedBytes(id) - before).isLessThan(1024);
  }
}
