package dev.amphi.interactive.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.rtp.HeaderExtension;
import dev.amphi.interactive.rtp.HeaderExtensions;
import dev.amphi.interactive.rtp.RtpPacket;
import dev.amphi.interactive.rtp.codec.DependencyDescriptor;
import dev.amphi.interactive.rtp.codec.DependencyStructure;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * AV1 in three spatial and three temporal layers, by the AV1 RTP specification's own examples. A
 * receiver that knows nothing but what goes out judges it as §A.4 to §A.7 say.
 */
class ThreeSpatialLayersTest {
  private static final HeaderExtensions EXTENSIONS =
      HeaderExtensions.of(Map.of(HeaderExtension.DEPENDENCY_DESCRIPTOR, 12));

  private final Av1Continuity continuity = new Av1Continuity();
  private final DependencyDescriptor seen = new DependencyDescriptor();
  private final Set<Integer> received = new HashSet<>();
  private LayeredStream stream = LayeredStream.FULL;
  private @Nullable DependencyStructure structure;
  private int active;
  private int sinceKey;
  private int picture;
  private int number;
  private int spatialShown;
  private int temporalShown;

  ThreeSpatialLayersTest() {
    continuity.extensions(EXTENSIONS, EXTENSIONS);
    continuity.target(9, 9);
    continuity.start();
  }

  /** Sends a picture and judges what is left of it; the layers it is of become those shown. */
  private boolean picture() {
    int[] templates = stream.picture(sinceKey++);
    int first = number;
    int marked = -1;
    int last = -1;
    for (int spatial = 0; spatial < 3; spatial++) {
      RtpPacket packet = packet(templates[spatial], spatial);
      if (continuity.take(packet)) {
        assertThat(marked)
            .as("nothing of picture %d comes behind its marker", picture)
            .isNegative();
        judge(packet);
        last = number;
        marked = continuity.marker(packet) ? number : -1;
      }
      number++;
    }
    assertThat(marked).as("the marker of picture %d is on its last frame", picture).isEqualTo(last);
    if (last >= 0) {
      everyActiveTargetIsWhole(templates, first);
    }
    picture++;
    return last >= 0;
  }

  private RtpPacket packet(int template, int spatial) {
    byte[] descriptor = stream.descriptor(template, number, template == 1);
    RtpPacket packet = new RtpPacket();
    packet.create(new byte[600], 0, 600, 45, spatial == 2);
    packet.timestamp(picture * 3000L);
    int at = packet.appendExtension(12, descriptor.length);
    System.arraycopy(descriptor, 0, packet.buffer(), at, descriptor.length);
    assertThat(packet.appendPayload(new byte[] {0x10, 0x30, 1}, 0, 3)).isTrue();
    return packet;
  }

  /** What goes out can be read, and all that it refers to is there. */
  private void judge(RtpPacket packet) {
    RtpPacket out = new RtpPacket();
    out.create(new byte[600], 0, 600, 45, continuity.marker(packet));
    assertThat(continuity.append(out, packet, continuity.given())).isTrue();
    read(out, structure);
    if (seen.attached() != null) {
      structure = seen.attached();
      active = (1 << LayeredStream.TARGETS) - 1;
      received.clear();
    }
    active = seen.tellsActive() ? seen.active() : active;
    assertThat(seen.frameNumber()).isEqualTo(number & 0xFFFF);
    for (int i = 0; i < seen.differenceCount(); i++) {
      assertThat(received)
          .as("what frame %d refers to", number)
          .contains(number - seen.difference(i));
    }
    received.add(number);
    spatialShown = seen.spatial();
    temporalShown = seen.temporal();
  }

  private void read(RtpPacket packet, @Nullable DependencyStructure known) {
    int at = packet.extensionOffset(12);
    assertThat(seen.wrap(packet.buffer(), at, packet.extensionLength(12), known)).isTrue();
  }

  /** Of a target that is told to be active each frame is there, and so is its chain. */
  private void everyActiveTargetIsWhole(int[] templates, int first) {
    assertThat(active).as("some target is active").isNotZero();
    DependencyStructure now = Objects.requireNonNull(structure);
    for (int spatial = 0; spatial < 3; spatial++) {
      byte[] bytes = stream.descriptor(templates[spatial], first + spatial, false);
      assertThat(seen.wrap(bytes, 0, bytes.length, now)).isTrue();
      for (int target = 0; target < LayeredStream.TARGETS; target++) {
        if ((active >>> target & 1) == 0) {
          continue;
        }
        if (seen.indication(target) != DependencyDescriptor.NOT_PRESENT
            && decodable(first + spatial)) {
          assertThat(received)
              .as("target %d is active in picture %d", target, picture)
              .contains(first + spatial);
        }
        int back = seen.chainDifference(now.protectedBy(target));
        if (back > 0) {
          assertThat(received)
              .as("the chain of target %d in picture %d", target, picture)
              .contains(first + spatial - back);
        }
      }
    }
  }

  private boolean decodable(int frame) {
    boolean decodable = true;
    for (int i = 0; i < seen.differenceCount(); i++) {
      decodable &= received.contains(frame - seen.difference(i));
    }
    return decodable;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void noChainIsBrokenByWhatIsLeftOut(long seed) {
    Random random = new Random(seed);
    stream = seed % 2 == 0 ? LayeredStream.FULL : LayeredStream.KEY_SHIFT;
    int wantedSpatial = 9;
    int wantedSince = 0;
    int waited = 0;
    for (int i = 0; i < 4000; i++) {
      if (random.nextInt(15) == 0) {
        wantedSpatial = random.nextInt(4);
        continuity.target(wantedSpatial, random.nextInt(4));
        wantedSince = i;
      }
      waited = continuity.needsKeyFrame() ? waited + 1 : 0;
      boolean answered = waited > 0 && random.nextInt(6) == 0;
      sinceKey = answered || random.nextInt(100) == 0 ? 0 : sinceKey;
      if (picture() && !continuity.needsKeyFrame() && i - wantedSince > 4) {
        assertThat(spatialShown).isEqualTo(Math.min(wantedSpatial, 2));
      }
    }
  }

  /** From each pair of layers to each other, at each place in the pattern. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void eachSwitchLeadsToWhatIsWanted(boolean keysOnly) {
    stream = keysOnly ? LayeredStream.KEY_SHIFT : LayeredStream.FULL;
    for (int from = 0; from < 9; from++) {
      for (int to = 0; to < 9; to++) {
        for (int place = 0; place < 8; place++) {
          continuity.target(from / 3, from % 3);
          sinceKey = 0;
          play(4 + place);
          continuity.target(to / 3, to % 3);
          play(2);
          if (continuity.needsKeyFrame()) {
            assertThat(to / 3).isNotEqualTo(from / 3);
            sinceKey = 0;
          }
          play(8);
          assertThat(continuity.needsKeyFrame()).isFalse();
          assertThat(spatialShown).as("from %d to %d", from, to).isEqualTo(to / 3);
          assertThat(fastest(8)).as("from %d to %d", from, to).isEqualTo(to % 3);
        }
      }
    }
  }

  private void play(int pictures) {
    for (int i = 0; i < pictures; i++) {
      boolean shown = picture();
      assertThat(shown || sinceKey > 1).as("a key picture is shown").isTrue();
    }
  }

  private int fastest(int pictures) {
    int fastest = 0;
    for (int i = 0; i < pictures; i++) {
      fastest = picture() ? Math.max(fastest, temporalShown) : fastest;
    }
    return fastest;
  }

  @Test
  void downIsImmediateWhereEachLayerDependsOnTheLower() {
    play(5);
    continuity.target(0, 9);
    assertThat(picture()).isTrue();
    assertThat(spatialShown).isZero();
    assertThat(continuity.needsKeyFrame()).isFalse();
  }
}
