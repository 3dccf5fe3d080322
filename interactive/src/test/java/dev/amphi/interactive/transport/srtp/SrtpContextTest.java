package dev.amphi.interactive.transport.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SrtpContextTest {
  private static final int TAIL = 30;
  private static final int SSRC = 0x11223344;

  @ParameterizedTest
  @EnumSource
  void givesBackWhatWasProtected(SrtpProfile profile) {
    Pair pair = new Pair(profile);
    byte[] wire = pair.protectedRtp(SSRC, 1);

    assertThat(pair.receive(wire)).isEqualTo(SrtpStatus.OK);
    assertThat(Arrays.copyOf(wire, pair.receiver.plainLength())).isEqualTo(rtp(SSRC, 1));
  }

  @ParameterizedTest
  @EnumSource
  void givesBackWhatWasProtectedAsRtcp(SrtpProfile profile) {
    Pair pair = new Pair(profile);
    byte[] plain = rtcp();
    byte[] wire = Arrays.copyOf(plain, plain.length + TAIL);
    int length = pair.sender.protectRtcp(wire, 0, plain.length);

    assertThat(pair.receiver.unprotectRtcp(wire, 0, length)).isEqualTo(SrtpStatus.OK);
    assertThat(Arrays.copyOf(wire, pair.receiver.plainLength())).isEqualTo(plain);
  }

  @ParameterizedTest
  @EnumSource
  void takesEachPacketOnceAcrossTheWrapWithLossAndReordering(SrtpProfile profile) {
    long seed = 7;
    Random random = new Random(seed);
    Pair pair = new Pair(profile);
    List<byte[]> wires = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      wires.add(pair.protectedRtp(SSRC, 64_500 + i));
    }
    BitSet taken = new BitSet();
    int lost = 0;
    for (int i = 0; i < wires.size(); i++) {
      if (random.nextInt(10) == 0) {
        lost++;
        continue;
      }
      // Each pair of neighbours changes places, and everything is played a second time.
      int at = (i ^ 1) < wires.size() ? i ^ 1 : i;
      SrtpStatus first = pair.receive(wires.get(at).clone());
      SrtpStatus second = pair.receive(wires.get(at).clone());
      assertThat(first).as("seed %d, packet %d", seed, at).isEqualTo(SrtpStatus.OK);
      assertThat(second).as("seed %d, packet %d again", seed, at).isEqualTo(SrtpStatus.REPLAYED);
      taken.set(at);
    }

    assertThat(taken.cardinality()).isEqualTo(wires.size() - lost);
    for (int at = 0; at < wires.size(); at++) {
      if (taken.get(at)) {
        assertThat(pair.receive(wires.get(at).clone())).isNotEqualTo(SrtpStatus.OK);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void dropsEveryFlippedBitAndGoesOn(SrtpProfile profile) {
    Pair pair = new Pair(profile);
    byte[] wire = pair.protectedRtp(SSRC, 1);
    for (int bit = 0; bit < wire.length * 8; bit++) {
      byte[] flipped = wire.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(pair.receive(flipped)).as("bit %d", bit).isNotEqualTo(SrtpStatus.OK);
    }

    assertThat(pair.receive(wire)).isEqualTo(SrtpStatus.OK);
    assertThat(pair.receive(pair.protectedRtp(SSRC, 2))).isEqualTo(SrtpStatus.OK);
  }

  @ParameterizedTest
  @EnumSource
  void dropsWhatIsCutShortOrInTheClear(SrtpProfile profile) {
    Pair pair = new Pair(profile);
    byte[] wire = pair.protectedRtp(SSRC, 1);
    for (int length = 0; length < wire.length; length++) {
      assertThat(pair.receiver.unprotectRtp(wire.clone(), 0, length))
          .as("cut to %d", length)
          .isEqualTo(SrtpStatus.NOT_AUTHENTIC);
    }

    assertThat(pair.receive(rtp(SSRC, 1))).isEqualTo(SrtpStatus.NOT_AUTHENTIC);
    byte[] clearReport = rtcp();
    assertThat(pair.receiver.unprotectRtcp(clearReport, 0, clearReport.length))
        .isEqualTo(SrtpStatus.NOT_AUTHENTIC);
  }

  @ParameterizedTest
  @EnumSource
  void keepsNoContextForSourcesThatProvedNothingAndCapsThoseThatDid(SrtpProfile profile) {
    Pair pair = new Pair(profile);
    for (int ssrc = 1; ssrc <= 2_000; ssrc++) {
      assertThat(pair.receive(rtp(ssrc, 1))).isEqualTo(SrtpStatus.NOT_AUTHENTIC);
    }
    for (int ssrc = 1; ssrc <= SrtpContext.MAX_RECEIVED_SOURCES; ssrc++) {
      assertThat(pair.receive(pair.protectedRtp(ssrc, 1))).isEqualTo(SrtpStatus.OK);
    }

    assertThat(pair.receive(pair.protectedRtp(100_000, 1))).isEqualTo(SrtpStatus.TOO_MANY_SOURCES);
    assertThat(pair.receive(pair.protectedRtp(1, 2))).isEqualTo(SrtpStatus.OK);
  }

  @ParameterizedTest
  @EnumSource
  void protectsAnOldPacketAgainForOneWhoLostIt(SrtpProfile profile) {
    Pair pair = new Pair(profile);
    byte[] first = pair.protectedRtp(SSRC, 1);
    pair.protectedRtp(SSRC, 2);

    assertThat(pair.protectedRtp(SSRC, 1)).isEqualTo(first);
  }

  @ParameterizedTest
  @EnumSource
  void survivesLyingHeaders(SrtpProfile profile) {
    long seed = 11;
    Random random = new Random(seed);
    Pair pair = new Pair(profile);
    for (int i = 0; i < 5_000; i++) {
      byte[] noise = new byte[random.nextInt(120)];
      random.nextBytes(noise);
      if (noise.length > 0) {
        noise[0] = (byte) (0x80 | random.nextInt(64));
      }
      assertThat(pair.receiver.unprotectRtp(noise, 0, noise.length)).isNotEqualTo(SrtpStatus.OK);
      assertThat(pair.receiver.unprotectRtcp(noise, 0, noise.length)).isNotEqualTo(SrtpStatus.OK);
    }
  }

  private static final class Pair {
    final SrtpContext sender;
    final SrtpContext receiver;

    Pair(SrtpProfile profile) {
      byte[] exported = new byte[SrtpKeys.exportedBytes(profile)];
      new Random(3).nextBytes(exported);
      sender = new SrtpContext(SrtpKeys.split(profile, exported, true));
      receiver = new SrtpContext(SrtpKeys.split(profile, exported, false));
    }

    byte[] protectedRtp(int ssrc, int sequence) {
      byte[] plain = rtp(ssrc, sequence);
      byte[] wire = Arrays.copyOf(plain, plain.length + TAIL);
      return Arrays.copyOf(wire, sender.protectRtp(wire, 0, plain.length));
    }

    SrtpStatus receive(byte[] wire) {
      return receiver.unprotectRtp(wire, 0, wire.length);
    }
  }

  private static byte[] rtp(int ssrc, int sequence) {
    byte[] packet = new byte[60];
    packet[0] = (byte) 0x80;
    packet[1] = 96;
    packet[2] = (byte) (sequence >> 8);
    packet[3] = (byte) sequence;
    for (int i = 0; i < 4; i++) {
      packet[8 + i] = (byte) (ssrc >> (24 - 8 * i));
    }
    for (int i = 12; i < packet.length; i++) {
      packet[i] = (byte) i;
    }
    return packet;
  }

  private static byte[] rtcp() {
    byte[] packet = new byte[28];
    packet[0] = (byte) 0x80;
    packet[1] = (byte) 200;
    packet[3] = 6;
    packet[7] = 1;
    return packet;
  }
}
