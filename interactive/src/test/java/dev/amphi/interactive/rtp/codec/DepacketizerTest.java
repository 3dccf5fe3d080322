package dev.amphi.interactive.rtp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.rtp.codec.Depacketizer.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DepacketizerTest {
  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  private static boolean append(Depacketizer depacketizer, String payload) {
    byte[] bytes = hex(payload);
    return depacketizer.append(bytes, 0, bytes.length);
  }

  private static byte[] bytes(Depacketizer depacketizer) {
    byte[] bytes = new byte[depacketizer.frame().length()];
    depacketizer.frame().view().get(bytes);
    return bytes;
  }

  @Test
  void readsEveryFieldOfTheVp8Descriptor() {
    // RFC 7741 §4.2: X S; I L T K; M id 0x1234; TL0PICIDX 9; TID; key frame
    byte[] payload = hex("90 f0 9234 09 20 10 02 00");
    Vp8Descriptor descriptor = new Vp8Descriptor();
    assertThat(descriptor.wrap(payload, 0, payload.length)).isTrue();
    assertThat(descriptor.size()).isEqualTo(6);
    assertThat(descriptor.pictureIdBits()).isEqualTo(15);
    assertThat(descriptor.pictureId()).isEqualTo(0x1234);
    assertThat(descriptor.tl0()).isEqualTo(9);
    assertThat(descriptor.startsKeyFrame(payload, 0)).isTrue();
  }

  @Test
  void readsEveryFieldOfTheVp9Descriptor() {
    // RFC 9628 §4.2, non-flexible: I L B V; M id 0x1234; TID 2 U SID 1 D; TL0PICIDX 7;
    // structure: 2 layers with sizes, a group of one picture with one reference
    byte[] key = hex("aa 9234 53 07 38 0140 00b4 0280 0168 01 24 01 82");
    Vp9Descriptor descriptor = new Vp9Descriptor();
    assertThat(descriptor.wrap(key, 0, key.length)).isTrue();
    assertThat(descriptor.size()).isEqualTo(17);
    assertThat(descriptor.pictureId()).isEqualTo(0x1234);
    assertThat(descriptor.pictureIdBits()).isEqualTo(15);
    assertThat(descriptor.temporal()).isEqualTo(2);
    assertThat(descriptor.spatial()).isEqualTo(1);
    assertThat(descriptor.switchUp()).isTrue();
    assertThat(descriptor.interLayer()).isTrue();
    assertThat(descriptor.tl0()).isEqualTo(7);
    assertThat(descriptor.sized()).isEqualTo(2);
    assertThat(PictureSize.height(descriptor.size(0))).isEqualTo(180);
    assertThat(PictureSize.width(descriptor.size(1))).isEqualTo(640);
    assertThat(descriptor.startsKeyFrame()).as("its layer is not the lowest").isFalse();
    for (int length = 0; length < key.length; length++) {
      assertThat(new Vp9Descriptor().wrap(key, 0, length)).as("of %d bytes", length).isFalse();
    }
    // flexible: I P L F E; M id; TID 1; two references; no TL0PICIDX
    byte[] delta = hex("f4 8001 20 03 04 86");
    assertThat(descriptor.wrap(delta, 0, delta.length)).isTrue();
    assertThat(descriptor.size()).isEqualTo(6);
    assertThat(descriptor.tl0At()).isEqualTo(-1);
    assertThat(descriptor.interPicture()).isTrue();
    assertThat(descriptor.endsFrame()).isTrue();
    byte[] endless = hex("f4 8001 20 03 05 07 86");
    assertThat(descriptor.wrap(endless, 0, endless.length)).as("four references").isFalse();
  }

  @Test
  void joinsTheSpatialLayersOfAVp9Picture() {
    Vp9Depacketizer vp9 = new Vp9Depacketizer();
    vp9.begin();
    assertThat(append(vp9, "a8 8001 00 01 8249")).isTrue();
    assertThat(append(vp9, "a4 8001 00 01 8342")).isTrue();
    assertThat(append(vp9, "ac 8001 03 01 77")).isTrue();
    assertThat(vp9.finish()).isEqualTo(Outcome.FRAME);
    assertThat(vp9.keyFrame()).isTrue();
    assertThat(bytes(vp9)).isEqualTo(hex("8249 8342 77"));
    vp9.begin();
    assertThat(append(vp9, "ac 8001 03 01 77")).as("the layer below is missing").isFalse();
    vp9.begin();
    assertThat(append(vp9, "a8 8001 00 01 8249")).isTrue();
    assertThat(vp9.finish()).as("its end is missing").isEqualTo(Outcome.BROKEN);
  }

  @Test
  void refusesVp8DescriptorsThatAreCutShort() {
    for (String text : List.of("90", "90 80", "90 80 92", "90 c0 12", "90 f0 9234 09", "10")) {
      byte[] payload = hex(text);
      assertThat(new Vp8Descriptor().wrap(payload, 0, payload.length)).as(text).isFalse();
    }
  }

  @Test
  void knowsTheSizeOfAVp8KeyFrame() {
    Vp8Depacketizer vp8 = new Vp8Depacketizer();
    vp8.begin();
    assertThat(append(vp8, "10 5002009d012a80026801")).isTrue();
    assertThat(append(vp8, "00 0102")).isTrue();
    assertThat(vp8.finish()).isEqualTo(Outcome.FRAME);
    assertThat(vp8.keyFrame()).isTrue();
    byte[] first = hex("10 5002009d012a80026801");
    int size = vp8.pictureSize(first, 0, first.length);
    assertThat(PictureSize.width(size)).isEqualTo(640);
    assertThat(PictureSize.height(size)).isEqualTo(360);
    assertThat(vp8.pictureSize(first, 0, 9)).as("cut short").isEqualTo(PictureSize.UNKNOWN);
  }

  @Test
  void refusesAVp8KeyFrameWithoutItsStartCode() {
    Vp8Depacketizer vp8 = new Vp8Depacketizer();
    vp8.begin();
    assertThat(append(vp8, "10 500200000000800268010000")).isTrue();
    assertThat(vp8.finish()).isEqualTo(Outcome.BROKEN);
  }

  @Test
  void joinsSingleUnitsAggregatesAndFragmentsOfH264() {
    H264Depacketizer h264 = new H264Depacketizer();
    h264.begin();
    assertThat(append(h264, "78 0002 6742 0002 6843")).isTrue(); // STAP-A: SPS, PPS
    assertThat(append(h264, "7c 85 0102")).isTrue(); // FU-A: IDR starts
    assertThat(append(h264, "7c 05 0304")).isTrue();
    assertThat(append(h264, "7c 45 05")).isTrue();
    assertThat(append(h264, "06 0a")).isTrue();
    assertThat(h264.finish()).isEqualTo(Outcome.FRAME);
    assertThat(h264.keyFrame()).isTrue();
    assertThat(bytes(h264))
        .isEqualTo(hex("00000001 6742 00000001 6843 00000001 65 0102030405 00000001 060a"));
  }

  @Test
  void putsRememberedParameterSetsBeforeABareIdr() {
    H264Depacketizer h264 = new H264Depacketizer();
    h264.begin();
    append(h264, "67 42");
    append(h264, "68 43");
    assertThat(h264.finish()).isEqualTo(Outcome.NO_PICTURE);
    h264.begin();
    append(h264, "65 99");
    assertThat(h264.finish()).isEqualTo(Outcome.FRAME);
    assertThat(bytes(h264)).isEqualTo(hex("00000001 6742 00000001 6843 00000001 6599"));
    byte[] idr = hex("65 99");
    assertThat(h264.startsKeyFrame(idr, 0, idr.length)).isTrue();
  }

  @Test
  void startsAtTheParameterSetNotAtTheIdr() {
    H264Depacketizer h264 = new H264Depacketizer();
    for (String text : List.of("67 42", "78 0002 6742 0002 6843", "78 0001 09 0002 6742")) {
      byte[] payload = hex(text);
      assertThat(h264.startsKeyFrame(payload, 0, payload.length)).as(text).isTrue();
    }
    for (String text : List.of("65 42", "7c 85 01", "7c 05 01", "41 01", "78 00", "67", "")) {
      byte[] payload = hex(text);
      assertThat(h264.startsKeyFrame(payload, 0, payload.length)).as(text).isFalse();
    }
  }

  @Test
  void refusesFragmentsThatDoNotFitTogether() {
    H264Depacketizer h264 = new H264Depacketizer();
    h264.begin();
    assertThat(append(h264, "7c 05 0304")).as("a middle without a start").isFalse();
    h264.begin();
    assertThat(append(h264, "7c 85 01")).isTrue();
    assertThat(append(h264, "7c 85 01")).as("a second start").isFalse();
    h264.begin();
    assertThat(append(h264, "7c 85 01")).isTrue();
    assertThat(append(h264, "41 01")).as("a unit within another").isFalse();
    h264.begin();
    assertThat(append(h264, "7c 85 01")).isTrue();
    assertThat(h264.finish()).as("no end").isEqualTo(Outcome.BROKEN);
    h264.begin();
    assertThat(append(h264, "78 00ff 6742")).as("a lying size").isFalse();
  }

  @ParameterizedTest
  @CsvSource({"VP8,1", "VP8,2", "H264,3", "H264,4", "OPUS,5"})
  void framesSurvivePacketizing(Codec codec, long seed) {
    Random random = new Random(seed);
    Packetizer packetizer = Packetizer.of(codec);
    Depacketizer depacketizer = Depacketizer.of(codec);
    for (int round = 0; round < 200; round++) {
      byte[] frame = frame(codec, random);
      List<byte[]> payloads = new ArrayList<>();
      packetizer.packetize(
          frame,
          0,
          frame.length,
          (b, offset, length, last) ->
              payloads.add(Arrays.copyOfRange(b, offset, offset + length)));
      depacketizer.begin();
      for (byte[] payload : payloads) {
        assertThat(payload).hasSizeLessThanOrEqualTo(Packetizer.MAX_PAYLOAD);
        assertThat(depacketizer.append(payload, 0, payload.length)).isTrue();
      }
      assertThat(depacketizer.finish()).isEqualTo(Outcome.FRAME);
      assertThat(bytes(depacketizer)).isEqualTo(frame);
    }
  }

  private static byte[] frame(Codec codec, Random random) {
    if (codec == Codec.H264) {
      byte[] frame = new byte[0];
      for (int unit = 0; unit <= random.nextInt(4); unit++) {
        byte[] body = nonZero(1 + random.nextInt(5000), random);
        byte[] head = {0, 0, 0, 1, (byte) (unit == 0 ? 0x67 : 0x65)};
        frame = join(join(frame, head), body);
      }
      return join(frame, new byte[] {0, 0, 0, 1, 0x65, 1});
    }
    byte[] frame = nonZero(20 + random.nextInt(codec == Codec.OPUS ? 1000 : 9000), random);
    frame[0] |= 1; // a VP8 frame that is no key frame
    return frame;
  }

  private static byte[] nonZero(int length, Random random) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (1 + random.nextInt(255));
    }
    return bytes;
  }

  private static byte[] join(byte[] a, byte[] b) {
    byte[] joined = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, joined, a.length, b.length);
    return joined;
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void randomPayloadsNeverThrow(Codec codec) {
    long seed = 77;
    Random random = new Random(seed);
    Depacketizer depacketizer = Depacketizer.of(codec);
    byte[] bytes = new byte[64];
    for (int round = 0; round < 50_000; round++) {
      random.nextBytes(bytes);
      int length = random.nextInt(24);
      if (codec == Codec.H264 && length > 0) {
        int[] types = {1, 5, 7, 8, 24, 28, 29};
        bytes[20] = (byte) types[random.nextInt(types.length)];
      }
      if (random.nextInt(6) == 0) {
        depacketizer.begin();
      }
      depacketizer.startsKeyFrame(bytes, 20, length);
      depacketizer.startsFrame(bytes, 20, length);
      depacketizer.append(bytes, 20, length);
      depacketizer.finish();
      assertThat(depacketizer.frame().length()).isLessThanOrEqualTo(FrameBuffer.MAX_FRAME);
    }
  }

  @Test
  void framesBeyondTheLimitAreRefused() {
    Vp8Depacketizer vp8 = new Vp8Depacketizer();
    vp8.begin();
    byte[] payload = new byte[1200];
    payload[0] = 0x10;
    boolean taken = true;
    for (int i = 0; taken && i < 10_000; i++) {
      taken = vp8.append(payload, 0, payload.length);
      payload[0] = 0;
    }
    assertThat(taken).isFalse();
    assertThat(vp8.frame().length()).isLessThanOrEqualTo(FrameBuffer.MAX_FRAME);
  }
}
