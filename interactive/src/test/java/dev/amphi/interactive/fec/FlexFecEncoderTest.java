package dev.amphi.interactive.fec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.rtp.HeaderExtension;
import dev.amphi.interactive.rtp.HeaderExtensions;
import dev.amphi.interactive.rtp.RtpPacket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlexFecEncoderTest {
  private static final long SSRC = 0xCAFE0001L;
  private static final HeaderExtensions EXTENSIONS =
      HeaderExtensions.of(
          Map.of(
              HeaderExtension.MID, 4,
              HeaderExtension.TRANSPORT_CC, 3,
              HeaderExtension.ABS_SEND_TIME, 2));

  private final FlexFecEncoder encoder = new FlexFecEncoder(EXTENSIONS);

  /** A packet as it goes out, its changeable extensions random. */
  private static RtpPacket packet(Random random, int sequence) {
    RtpPacket packet = new RtpPacket();
    packet.create(new byte[1500], 0, 1500, random.nextInt(128), random.nextBoolean());
    packet.sequence(sequence & 0xFFFF);
    packet.timestamp(random.nextInt() & 0xFFFF_FFFFL);
    packet.ssrc(SSRC);
    if (random.nextInt(4) > 0) {
      packet.buffer()[packet.appendExtension(4, 1)] = 'v';
      fill(random, packet, 2, 3);
      fill(random, packet, 3, 2);
    }
    byte[] payload = new byte[random.nextInt(1200)];
    random.nextBytes(payload);
    assertThat(packet.appendPayload(payload, 0, payload.length)).isTrue();
    return packet;
  }

  private static void fill(Random random, RtpPacket packet, int id, int length) {
    int at = packet.appendExtension(id, length);
    for (int i = 0; i < length; i++) {
      packet.buffer()[at + i] = (byte) random.nextInt();
    }
  }

  /** As a receiver takes it for FEC: the changeable extensions are zeros. */
  private static byte[] still(RtpPacket packet) {
    byte[] bytes =
        Arrays.copyOfRange(packet.buffer(), packet.offset(), packet.offset() + packet.length());
    for (int id : new int[] {2, 3}) {
      if (packet.extensionLength(id) > 0) {
        int at = packet.extensionOffset(id) - packet.offset();
        Arrays.fill(bytes, at, at + packet.extensionLength(id), (byte) 0);
      }
    }
    return bytes;
  }

  private byte[] finish() {
    RtpPacket out = new RtpPacket();
    out.create(new byte[1600], 0, 1600, 49, false);
    int length = encoder.length();
    assertThat(encoder.finish(out, SSRC)).isTrue();
    assertThat(out.payloadLength()).isEqualTo(length);
    return Arrays.copyOfRange(
        out.buffer(), out.payloadOffset(), out.payloadOffset() + out.payloadLength());
  }

  /** The property: whichever one packet of whatever block is lost comes back bit by bit. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void anySingleLossInABlockIsRecovered(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      List<byte[]> block = new ArrayList<>();
      int sequence = random.nextInt(0x10000);
      int span = 1 + random.nextInt(FlexFecEncoder.MAX_SPAN);
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < span; i++) {
        order.add(i);
      }
      Collections.shuffle(order, random); // the source itself may be out of order, and have holes
      for (int i : order) {
        if (block.isEmpty() || random.nextInt(5) > 0) {
          RtpPacket packet = packet(random, sequence + i);
          assertThat(encoder.fits(packet.sequence())).isTrue();
          encoder.protect(packet, 0);
          block.add(still(packet));
        }
      }
      byte[] parity = finish();
      int lost = random.nextInt(block.size());
      FlexFecDecoder decoder = new FlexFecDecoder(SSRC);
      for (int i = 0; i < block.size(); i++) {
        if (i != lost) {
          assertThat(decoder.onMedia(block.get(i))).isEmpty();
        }
      }
      assertThat(decoder.onParity(parity))
          .as("seed %d, round %d, packet %d of %d", seed, round, lost, block.size())
          .hasValueSatisfying(made -> assertThat(made).isEqualTo(block.get(lost)));
    }
  }

  @Test
  void aBlockTakesWhatItsMaskCanName() {
    Random random = new Random(1);
    encoder.protect(packet(random, 65_530), 7);
    assertThat(encoder.fits(65_530)).as("twice").isFalse();
    assertThat(encoder.fits(65_529)).as("late").isTrue();
    assertThat(encoder.fits(65_530 - 15)).as("too late").isFalse();
    assertThat(encoder.endsAt((65_530 + 13) & 0xFFFF)).isFalse();
    assertThat(encoder.endsAt((65_530 + 14) & 0xFFFF)).isTrue();
    assertThat(encoder.fits((65_530 + 14) & 0xFFFF)).isTrue();
    assertThat(encoder.fits((65_530 + 15) & 0xFFFF)).isFalse();
    assertThat(encoder.packets()).isEqualTo(1);
    assertThat(encoder.firstNanos()).isEqualTo(7);
  }

  @Test
  void spellsTheHeaderAsTheDraftDrawsIt() {
    RtpPacket packet = new RtpPacket();
    packet.create(new byte[100], 0, 100, 96, true);
    packet.sequence(0x1234);
    packet.timestamp(0x01020304);
    assertThat(packet.appendPayload(new byte[] {9, 8, 7}, 0, 3)).isTrue();
    encoder.protect(packet, 0);
    assertThat(finish())
        .isEqualTo(
            new byte[] {
              0, // R, F, P, X, CC
              (byte) 0xE0, // M, PT 96
              0,
              3, // length
              1,
              2,
              3,
              4, // timestamp
              1,
              0,
              0,
              0, // one stream
              (byte) 0xCA,
              (byte) 0xFE,
              0,
              1, // its SSRC
              0x12,
              0x34, // the first packet's number
              (byte) 0xC0,
              0, // K, and the first packet
              9,
              8,
              7
            });
  }

  @Test
  void aBlockThatIsForgottenLeavesNothingBehind() {
    Random random = new Random(2);
    encoder.protect(packet(random, 1), 0);
    encoder.reset();
    RtpPacket next = packet(random, 500);
    encoder.protect(next, 0);
    assertThat(new FlexFecDecoder(SSRC).onParity(finish()))
        .hasValueSatisfying(made -> assertThat(made).isEqualTo(still(next)));
  }
}
