package dev.amphi.interactive.rtp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.rtp.codec.Depacketizer.Outcome;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Av1DepacketizerTest {
  /** Profile 0, one operating point, 320×180. */
  private static final String SEQUENCE_HEADER = "08 00 00 00 04 3c fe cc 00 00";

  private final Av1Depacketizer av1 = new Av1Depacketizer();

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  private boolean append(String payload) {
    byte[] bytes = hex(payload);
    return av1.append(bytes, 0, bytes.length);
  }

  private byte[] bytes() {
    byte[] bytes = new byte[av1.frame().length()];
    av1.frame().view().get(bytes);
    return bytes;
  }

  @Test
  void givesEachObuItsSizeBehindADelimiter() {
    av1.begin();
    // W is 2: a sequence header with its length, a frame without
    assertThat(append("28 03 08 aa bb 30 01 02 03")).isTrue();
    assertThat(av1.finish()).isEqualTo(Outcome.FRAME);
    assertThat(av1.keyFrame()).as("N is set").isTrue();
    assertThat(bytes()).isEqualTo(hex("1200 0a02aabb 3203010203"));
  }

  @Test
  void joinsAnObuThatIsSpreadOverPackets() {
    av1.begin();
    assertThat(append("50 30 01 02")).isTrue(); // Y, W is 1
    assertThat(append("d0 03")).isTrue(); // Z, Y
    assertThat(append("90 04 05")).isTrue(); // Z
    assertThat(av1.finish()).isEqualTo(Outcome.FRAME);
    assertThat(av1.keyFrame()).isFalse();
    assertThat(bytes()).isEqualTo(hex("1200 32050102030405"));
  }

  @Test
  void keepsLayersAndLengthsThatAreThereAlready() {
    av1.begin();
    // W is 0: a frame of a layer (extension byte) and one that says its size itself
    assertThat(append("00 04 34 08 01 02 04 32 01 09 ff")).isTrue();
    assertThat(av1.finish()).isEqualTo(Outcome.FRAME);
    assertThat(bytes())
        .as("what is behind the size is no part")
        .isEqualTo(hex("1200 3608020102 320109"));
  }

  @Test
  void leavesOutWhatDecodersMustNotSee() {
    av1.begin();
    // W is 0: temporal delimiter, tile list, padding, reserved type 9, then a frame
    assertThat(append("00 01 10 02 40 00 02 78 00 02 48 00 02 30 01")).isTrue();
    assertThat(av1.finish()).isEqualTo(Outcome.FRAME);
    assertThat(bytes()).isEqualTo(hex("1200 320101"));
    av1.begin();
    assertThat(append("10 10")).isTrue();
    assertThat(av1.finish()).isEqualTo(Outcome.NO_PICTURE);
  }

  @Test
  void refusesPiecesThatDoNotFitTogether() {
    av1.begin();
    assertThat(append("90 04 05")).as("its beginning is missing").isFalse();
    av1.begin();
    assertThat(append("50 30 01")).isTrue();
    assertThat(append("10 30 01")).as("its end is missing").isFalse();
    av1.begin();
    assertThat(append("50 30 01")).isTrue();
    assertThat(av1.finish()).as("its end is missing").isEqualTo(Outcome.BROKEN);
    for (String bad :
        List.of("00", "", "20 05 30 01", "30 01 30", "00 ff ff", "10 b0 01", "10 34")) {
      av1.begin();
      assertThat(append(bad)).as(bad).isFalse();
    }
  }

  @Test
  void decodingStartsWhereASequenceDoes() {
    byte[] start = hex("28 0a " + SEQUENCE_HEADER + " 30 01");
    assertThat(av1.startsKeyFrame(start, 0, start.length)).isTrue();
    int size = av1.pictureSize(start, 0, start.length);
    assertThat(PictureSize.width(size)).isEqualTo(320);
    assertThat(PictureSize.height(size)).isEqualTo(180);
    for (String other : List.of("20 02 0a 00 30 01", "18 30 01", "98 0a 00", "08", "28 ff")) {
      byte[] payload = hex(other);
      assertThat(av1.startsKeyFrame(payload, 0, payload.length)).as(other).isFalse();
    }
    for (int length = 0; length < start.length - 2; length++) {
      assertThat(av1.pictureSize(start, 0, length)).isEqualTo(PictureSize.UNKNOWN);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void temporalUnitsSurvivePacketizing(long seed) {
    Random random = new Random(seed);
    Av1Packetizer packetizer = new Av1Packetizer();
    for (int round = 0; round < 300; round++) {
      byte[] unit = temporalUnit(random);
      List<byte[]> payloads = new ArrayList<>();
      List<Boolean> lasts = new ArrayList<>();
      packetizer.packetize(
          unit,
          0,
          unit.length,
          (b, offset, length, last) -> {
            payloads.add(Arrays.copyOfRange(b, offset, offset + length));
            lasts.add(last);
          });
      av1.begin();
      for (byte[] payload : payloads) {
        assertThat(payload).hasSizeLessThanOrEqualTo(Packetizer.MAX_PAYLOAD);
        assertThat(av1.append(payload, 0, payload.length)).as("round %d", round).isTrue();
      }
      assertThat(av1.finish()).isEqualTo(Outcome.FRAME);
      assertThat(bytes()).isEqualTo(unit);
      assertThat(lasts.indexOf(true)).isEqualTo(lasts.size() - 1);
    }
  }

  private static byte[] temporalUnit(Random random) {
    ByteArrayOutputStream unit = new ByteArrayOutputStream();
    unit.writeBytes(new byte[] {0x12, 0});
    if (random.nextBoolean()) {
      obu(unit, 0x0A, random.nextInt(20), random);
    }
    for (int layer = 0; layer <= random.nextInt(3); layer++) {
      obu(unit, 0x36, 1 + random.nextInt(5000), random);
    }
    return unit.toByteArray();
  }

  private static void obu(ByteArrayOutputStream unit, int header, int length, Random random) {
    byte[] content = new byte[length];
    random.nextBytes(content);
    unit.write(header);
    if (header == 0x36) {
      unit.write(0x08);
    }
    byte[] size = new byte[Leb128.width(length)];
    Leb128.write(size, 0, length);
    unit.writeBytes(size);
    unit.writeBytes(content);
  }

  @Test
  void numbersOfSevenBitsAByte() {
    for (int value : new int[] {0, 1, 127, 128, 16_383, 16_384, 1 << 21, Integer.MAX_VALUE}) {
      byte[] bytes = new byte[Leb128.width(value)];
      Leb128.write(bytes, 0, value);
      long read = Leb128.read(bytes, 0, bytes.length);
      assertThat(Leb128.value(read)).isEqualTo(value);
      assertThat(Leb128.size(read)).isEqualTo(bytes.length);
      assertThat(Leb128.read(bytes, 0, bytes.length - 1)).isEqualTo(Leb128.MALFORMED);
    }
    byte[] wide = hex("80 80 00");
    assertThat(Leb128.value(Leb128.read(wide, 0, 3))).as("padded").isZero();
    byte[] huge = hex("ff ff ff ff 7f");
    assertThat(Leb128.read(huge, 0, 5)).isEqualTo(Leb128.MALFORMED);
  }
}
