package dev.amphi.interactive.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RtpPacketTest {
  private final RtpPacket packet = new RtpPacket();

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  private boolean wrap(String text) {
    byte[] bytes = hex(text);
    return packet.wrap(bytes, 0, bytes.length);
  }

  @Test
  void readsTheFixedHeader() {
    assertThat(wrap("80 e0 ffff fffffffe deadbeef 0102")).isTrue();
    assertThat(packet.marker()).isTrue();
    assertThat(packet.payloadType()).isEqualTo(96);
    assertThat(packet.sequence()).isEqualTo(0xFFFF);
    assertThat(packet.timestamp()).isEqualTo(0xFFFFFFFEL);
    assertThat(packet.ssrc()).isEqualTo(0xDEADBEEFL);
    assertThat(packet.payloadOffset()).isEqualTo(12);
    assertThat(packet.payloadLength()).isEqualTo(2);
  }

  @Test
  void skipsContributorsExtensionAndPadding() {
    assertThat(wrap("b1 60 0001 00000002 00000003 11111111 bede0001 10aa0000 0102 000003"))
        .isTrue();
    assertThat(packet.payloadOffset()).isEqualTo(24);
    assertThat(packet.payloadLength()).isEqualTo(2);
    assertThat(packet.extensionUnsigned8(1)).isEqualTo(0xAA);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "80 60 0001 00000002 000000", // eleven bytes
        "40 60 0001 00000002 00000003", // version 1
        "8f 60 0001 00000002 00000003", // fifteen contributors that are not there
        "90 60 0001 00000002 00000003 bede", // half an extension header
        "90 60 0001 00000002 00000003 beeeffff 00000000", // extension of 256 KiB
        "a0 60 0001 00000002 00000003", // padding without a byte
        "a0 60 0001 00000002 00000003 00", // padding of zero
        "a0 60 0001 00000002 00000003 ff", // padding of 255
        "a0 60 0001 00000002 00000003 0102 04" // padding that reaches into the header
      })
  void refusesLies(String text) {
    assertThat(wrap(text)).isFalse();
  }

  @Test
  void findsOneByteExtensions() {
    // RFC 8285 §4.2: ids 1 (1 byte), padding, 2 (2 bytes), 3 (4 bytes)
    assertThat(wrap("90 60 0001 00000002 00000003 bede0003 10aa 0000 21 0b0c 33 01020304 00"))
        .isTrue();
    assertThat(packet.extensionUnsigned8(1)).isEqualTo(0xAA);
    assertThat(packet.extensionUnsigned16(2)).isEqualTo(0x0B0C);
    assertThat(packet.extensionLength(3)).isEqualTo(4);
    assertThat(packet.extensionOffset(4)).isEqualTo(-1);
    assertThat(packet.extensionUnsigned16(0)).isEqualTo(-1);
  }

  @Test
  void findsTwoByteExtensions() {
    assertThat(wrap("90 60 0001 00000002 00000003 10000002 0100 1f02abcd 0000")).isTrue();
    assertThat(packet.extensionLength(1)).isZero();
    assertThat(packet.extensionUnsigned16(0x1F)).isEqualTo(0xABCD);
  }

  @Test
  void stopsAtAnElementThatReachesBeyondItsBlock() {
    assertThat(wrap("90 60 0001 00000002 00000003 bede0001 1f000000 0102")).isTrue();
    assertThat(packet.extensionOffset(1)).isEqualTo(-1);
  }

  @Test
  void stopsAtTheReservedId() {
    assertThat(wrap("90 60 0001 00000002 00000003 bede0001 f010aa00 0102")).isTrue();
    assertThat(packet.extensionOffset(1)).isEqualTo(-1);
  }

  @Test
  void appendsExtensionsBeforeAndAfterThePayload() {
    byte[] buffer = new byte[64];
    packet.create(buffer, 4, 64, 111, true);
    packet.ssrc(7);
    int at = packet.appendExtension(3, 2);
    buffer[at] = 0x12;
    buffer[at + 1] = 0x34;
    assertThat(packet.appendPayload(new byte[] {9, 8, 7}, 0, 3)).isTrue();
    buffer[packet.appendExtension(4, 1)] = '0';

    RtpPacket again = new RtpPacket();
    assertThat(again.wrap(buffer, packet.offset(), packet.length())).isTrue();
    assertThat(again.extensionUnsigned16(3)).isEqualTo(0x1234);
    assertThat(again.extensionText(4)).isEqualTo("0");
    assertThat(again.extensionEquals(4, "0")).isTrue();
    assertThat(again.extensionEquals(4, "1")).isFalse();
    assertThat(payload(again)).containsExactly(9, 8, 7);
  }

  @Test
  void neverGrowsBeyondItsLimit() {
    byte[] buffer = new byte[40];
    packet.create(buffer, 0, 20, 96, false);
    assertThat(packet.appendExtension(1, 5)).isEqualTo(-1);
    assertThat(packet.appendPayload(new byte[30], 0, 30)).isFalse();
    assertThat(packet.appendExtension(1, 3)).isPositive();
    assertThat(packet.length()).isEqualTo(20);
    assertThat(Arrays.copyOfRange(buffer, 20, 40)).containsOnly(0);
  }

  @Test
  void takesTheTwoByteFormForLongData() {
    byte[] buffer = new byte[80];
    packet.create(buffer, 0, 80, 96, false);
    assertThat(packet.appendExtension(5, 20)).isPositive();
    assertThat(packet.extensionLength(5)).isEqualTo(20);
    assertThat(packet.appendExtension(6, 2)).isPositive();
    assertThat(packet.extensionLength(6)).isEqualTo(2);
  }

  @Test
  void unwrapsARetransmission() {
    assertThat(wrap("90 61 0009 00000002 00000004 bede0001 10aa0000 1234 0a0b0c")).isTrue();
    assertThat(packet.unwrapRetransmission(3, 96)).isTrue();
    assertThat(packet.sequence()).isEqualTo(0x1234);
    assertThat(packet.ssrc()).isEqualTo(3);
    assertThat(packet.payloadType()).isEqualTo(96);
    assertThat(packet.timestamp()).isEqualTo(2);
    assertThat(packet.extensionUnsigned8(1)).isEqualTo(0xAA);
    assertThat(payload(packet)).containsExactly(10, 11, 12);
    assertThat(packet.wrap(packet.buffer(), packet.offset(), packet.length())).isTrue();
  }

  @Test
  void doesNotUnwrapAProbe() {
    assertThat(wrap("a0 61 0009 00000002 00000004 000003")).isTrue();
    assertThat(packet.unwrapRetransmission(3, 96)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3"})
  void randomBytesAreReadWithinTheirBounds(long seed) {
    Random random = new Random(seed);
    byte[] bytes = new byte[120];
    for (int round = 0; round < 20_000; round++) {
      random.nextBytes(bytes);
      bytes[10] = (byte) (0x80 | (bytes[10] & 0x3F));
      int length = random.nextInt(80);
      if (packet.wrap(bytes, 10, length)) {
        assertThat(packet.payloadLength()).isBetween(0, length);
        for (int id = 0; id < 20; id++) {
          int at = packet.extensionOffset(id);
          assertThat(at < 0 || at + packet.extensionLength(id) <= 10 + length).isTrue();
        }
        packet.unwrapRetransmission(1, 2);
      }
    }
  }

  private static byte[] payload(RtpPacket packet) {
    return Arrays.copyOfRange(
        packet.buffer(), packet.payloadOffset(), packet.payloadOffset() + packet.payloadLength());
  }

  @Test
  void aBlockTakesOnTheTwoByteFormWhenItHasTo() {
    RtpPacket packet = new RtpPacket();
    byte[] buffer = new byte[200];
    packet.create(buffer, 0, 150, 96, false);
    buffer[packet.appendExtension(1, 1)] = 7;
    int three = packet.appendExtension(3, 3);
    buffer[three + 2] = 9;
    assertThat(packet.appendPayload(new byte[] {1, 2, 3}, 0, 3)).isTrue();
    int at = packet.appendExtension(4, 40);
    for (int i = 0; i < 40; i++) {
      buffer[at + i] = (byte) (100 + i);
    }
    RtpPacket read = new RtpPacket();
    assertThat(read.wrap(buffer, 0, packet.length())).isTrue();
    assertThat(read.extensionUnsigned8(1)).isEqualTo(7);
    assertThat(read.extensionLength(3)).isEqualTo(3);
    assertThat(buffer[read.extensionOffset(3) + 2]).isEqualTo((byte) 9);
    assertThat(read.extensionLength(4)).isEqualTo(40);
    assertThat(buffer[read.extensionOffset(4) + 39]).isEqualTo((byte) 139);
    assertThat(read.payloadLength()).isEqualTo(3);
    assertThat(buffer[read.payloadOffset()]).isEqualTo((byte) 1);
    int before = packet.length();
    assertThat(packet.appendExtension(5, 120)).as("no room").isEqualTo(-1);
    assertThat(packet.length()).isEqualTo(before);
  }
}
