package dev.amphi.interactive.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.rtp.RtpPacket;
import dev.amphi.interactive.rtp.codec.Vp9Descriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Three spatial and three temporal layers in one VP9 stream, as Chromium's L3T3 and L3T3_KEY. */
class Vp9ContinuityTest {
  private static final int[] PATTERN = {0, 2, 1, 2};

  private final Vp9Continuity continuity = new Vp9Continuity();
  private final List<Seen> sent = new ArrayList<>();
  private boolean keyOnly;
  private int layers = 3;

  private record Seen(int pictureId, int spatial, int temporal, boolean marker) {}

  /** One packet for each spatial layer of a picture. */
  private void picture(int number, boolean key) {
    for (int spatial = 0; spatial < layers; spatial++) {
      packet(number, spatial, key);
    }
  }

  private void packet(int number, int spatial, boolean key) {
    int temporal = PATTERN[number % 4];
    int inter = key ? 0 : 0x40;
    int layer = spatial > 0 && (key || !keyOnly) ? 1 : 0; // D
    int unused = keyOnly && !key ? 1 : 0; // Z
    int up = temporal == 0 ? 0x10 : 0; // U
    byte[] payload = {
      (byte) (0x80 | inter | 0x20 | 0x0C | unused), // I, P, L, B, E and Z
      (byte) (0x80 | number >> 8),
      (byte) number,
      (byte) (temporal << 5 | up | spatial << 1 | layer),
      (byte) (number / 4), // TL0PICIDX
      1,
      2
    };
    RtpPacket packet = new RtpPacket();
    packet.create(new byte[100], 0, 100, 98, spatial == layers - 1);
    assertThat(packet.appendPayload(payload, 0, payload.length)).isTrue();
    if (!continuity.take(packet)) {
      return;
    }
    RtpPacket out = new RtpPacket();
    out.create(new byte[100], 0, 100, 98, continuity.marker(packet));
    assertThat(continuity.append(out, packet, continuity.given())).isTrue();
    Vp9Descriptor descriptor = new Vp9Descriptor();
    assertThat(descriptor.wrap(out.buffer(), out.payloadOffset(), out.payloadLength())).isTrue();
    sent.add(
        new Seen(
            descriptor.pictureId(), descriptor.spatial(), descriptor.temporal(), out.marker()));
  }

  private void film(int from, int to) {
    IntStream.range(from, to).forEach(number -> picture(number, false));
  }

  @Test
  void everythingPassesWithoutALimit() {
    continuity.start();
    picture(0, true);
    film(1, 40);
    assertThat(sent).hasSize(120);
    assertThat(sent).filteredOn(Seen::marker).allMatch(seen -> seen.spatial() == 2).hasSize(40);
  }

  @Test
  void theLastPacketThatIsLeftOfAPictureCarriesTheMarker() {
    continuity.target(1, 9);
    continuity.start();
    picture(0, true);
    film(1, 8);
    assertThat(sent).extracting(Seen::spatial).containsOnly(0, 1);
    assertThat(sent).filteredOn(Seen::marker).allMatch(seen -> seen.spatial() == 1).hasSize(8);
  }

  @Test
  void leftOutPicturesKeepTheirIds() {
    continuity.target(2, 0);
    continuity.start();
    picture(0, true);
    film(1, 12);
    assertThat(sent).extracting(Seen::pictureId).containsOnly(0, 4, 8);
  }

  @Test
  void moreOftenOnlyAfterASwitchingPoint() {
    continuity.target(0, 0);
    continuity.start();
    picture(0, true);
    film(1, 6);
    continuity.target(0, 2);
    film(6, 10);
    assertThat(sent).extracting(Seen::pictureId).containsExactly(0, 4, 8, 9);
    continuity.target(0, 1);
    film(10, 16);
    assertThat(sent).extracting(Seen::pictureId).endsWith(8, 9, 10, 12, 14);
  }

  @Test
  void aLargerPictureOnlyWhereItNeedsNoEarlierOne() {
    continuity.target(0, 2);
    continuity.start();
    picture(0, true);
    continuity.target(2, 2);
    film(1, 8);
    assertThat(sent).extracting(Seen::spatial).containsOnly(0);
    assertThat(continuity.needsKeyFrame()).isTrue();
    picture(8, true);
    assertThat(continuity.needsKeyFrame()).isFalse();
    film(9, 12);
    assertThat(sent.subList(sent.size() - 12, sent.size()))
        .extracting(Seen::spatial)
        .containsOnly(0, 1, 2);
    continuity.target(0, 2);
    int before = sent.size();
    film(12, 14);
    assertThat(sent.subList(before, sent.size())).extracting(Seen::spatial).containsOnly(0);
  }

  @Test
  void latePacketsFollowWhatWasDecidedForTheirPicture() {
    continuity.target(1, 2);
    continuity.start();
    picture(0, true);
    picture(1, false);
    packet(2, 0, false);
    continuity.target(0, 2);
    picture(3, false);
    packet(2, 1, false);
    packet(2, 2, false);
    assertThat(sent)
        .extracting(seen -> seen.pictureId() + "/" + seen.spatial())
        .containsExactly("0/0", "0/1", "1/0", "1/1", "2/0", "3/0", "2/1");
  }

  @Test
  void anotherSourceGoesOnWithTheNextId() {
    continuity.start();
    picture(40, true);
    picture(41, false);
    continuity.start();
    picture(1000, true);
    picture(1001, false);
    assertThat(sent).extracting(Seen::pictureId).containsSubsequence(40, 41, 42, 43).hasSize(12);
  }

  @Test
  void lowerLayersThatNoOtherDependsOnStayAway() {
    keyOnly = true;
    continuity.target(1, 2);
    continuity.start();
    picture(0, true);
    assertThat(sent).extracting(Seen::spatial).as("a key picture whole").containsExactly(0, 1);
    film(1, 4);
    assertThat(sent.subList(2, 5)).extracting(Seen::spatial).containsOnly(1);
    assertThat(sent.subList(2, 5)).allMatch(Seen::marker).hasSize(3);
    assertThat(continuity.needsKeyFrame()).isFalse();
  }

  @Test
  void whoHasOneLayerAloneChangesItAtAKeyPicture() {
    keyOnly = true;
    continuity.target(2, 2);
    continuity.start();
    picture(0, true);
    film(1, 4);
    continuity.target(0, 2);
    assertThat(continuity.needsKeyFrame()).isTrue();
    int before = sent.size();
    film(4, 7);
    assertThat(sent.subList(before, sent.size())).extracting(Seen::spatial).containsOnly(2);
    before = sent.size();
    picture(8, true);
    film(9, 12);
    assertThat(sent.subList(before, sent.size())).extracting(Seen::spatial).containsOnly(0);
    assertThat(continuity.needsKeyFrame()).isFalse();
  }

  @Test
  void aLayerThatIsNotSentAnyMoreIsNoticed() {
    keyOnly = true;
    continuity.start();
    picture(0, true);
    film(1, 4);
    assertThat(sent.getLast().spatial()).isEqualTo(2);
    layers = 2;
    film(4, 6);
    assertThat(continuity.needsKeyFrame()).isTrue();
    int before = sent.size();
    picture(8, true);
    film(9, 12);
    assertThat(sent.subList(before, sent.size())).extracting(Seen::spatial).endsWith(0, 1, 1, 1, 1);
    assertThat(continuity.needsKeyFrame()).isFalse();
  }
}
