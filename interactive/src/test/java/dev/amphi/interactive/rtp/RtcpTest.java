package dev.amphi.interactive.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RtcpTest {
  private final RtcpReader reader = new RtcpReader();
  private final RtcpWriter writer = new RtcpWriter(new byte[1232], 8, 1200);

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  private List<RtcpPacket> read(String text) {
    byte[] bytes = hex(text);
    return reader.read(bytes, 0, bytes.length);
  }

  private List<RtcpPacket> readBack() {
    return reader.read(writer.buffer(), writer.offset(), writer.length());
  }

  @Test
  void compoundsAreWrittenAndReadBack() {
    assertThat(writer.senderReport(1, 0x1122334455667788L, 90_000, 10, 1000)).isTrue();
    assertThat(writer.reportBlock(2, 64, -5, 0x1FFFFL, 33, 0x33445566L, 65_536)).isTrue();
    assertThat(writer.sourceDescription(1, new byte[] {'a', 'b', 'c'})).isTrue();
    assertThat(writer.pictureLoss(1, 2)).isTrue();
    assertThat(writer.fullIntraRequest(1, 2, 7)).isTrue();
    assertThat(writer.bye(3)).isTrue();
    assertThat(readBack())
        .containsExactly(
            new RtcpPacket.SenderReport(
                1,
                0x1122334455667788L,
                90_000,
                10,
                1000,
                List.of(new ReportBlock(2, 64, -5, 0x1FFFFL, 33, 0x33445566L, 65_536))),
            new RtcpPacket.SourceDescription(1, "abc"),
            new RtcpPacket.PictureLoss(1, 2),
            new RtcpPacket.FullIntraRequest(1, 2, 7),
            new RtcpPacket.Bye(3, List.of(3L)));
    assertThat(reader.malformed()).isZero();
  }

  @Test
  void nacksAreWrittenAsTheStandardSays() {
    // RFC 4585 §6.2.1: PID 100 and bits for 101 and 116, PID 65535 and a bit for 0
    writer.nack(1, 2, new int[] {100, 101, 116, 65_535, 0}, 5);
    byte[] written = Arrays.copyOfRange(writer.buffer(), 8, 8 + writer.length());
    assertThat(written).isEqualTo(hex("81 cd 0004 00000001 00000002 0064 8001 ffff 0001"));
    assertThat(readBack())
        .containsExactly(new RtcpPacket.Nack(1, 2, List.of(100, 101, 116, 65_535, 0)));
  }

  @Test
  void receiverEstimatesAreClamped() {
    writer.receiverEstimate(1, 2_500_000, 9);
    assertThat(readBack())
        .singleElement()
        .isInstanceOfSatisfying(
            RtcpPacket.ReceiverEstimate.class,
            estimate -> {
              assertThat(estimate.bitrateBps()).isBetween(2_499_980L, 2_500_000L);
              assertThat(estimate.ssrcs()).containsExactly(9L);
            });
    assertThat(read("8f ce 0005 00000001 00000000 52454d42 01 ffffff 00000009"))
        .containsExactly(new RtcpPacket.ReceiverEstimate(1, Long.MAX_VALUE, List.of(9L)));
  }

  @Test
  void transportFeedbackIsReadAsTheDraftSays() {
    // base 3, six packets, reference 2, message 5: vector of two-bit symbols 1,0,1,2,0,1
    List<RtcpPacket> packets =
        read("8f cd 0006 00000001 00000002 0003 0006 000002 05 d184 04 08 fffe 03 0000 00");
    assertThat(packets)
        .singleElement()
        .isInstanceOfSatisfying(
            RtcpPacket.TransportFeedback.class,
            feedback -> {
              TransportArrivals arrivals = feedback.arrivals();
              assertThat(arrivals.baseSequence()).isEqualTo(3);
              assertThat(arrivals.referenceTime()).isEqualTo(2);
              assertThat(arrivals.feedbackCount()).isEqualTo(5);
              assertThat(ticks(arrivals))
                  .containsExactly(
                      4, TransportArrivals.MISSING, 12, 10, TransportArrivals.MISSING, 13);
            });
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3", "4", "5"})
  void transportFeedbackIsWrittenAndReadBack(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      int count = 1 + random.nextInt(300);
      int[] ticks = new int[count];
      int time = 0;
      double loss = random.nextDouble();
      for (int i = 0; i < count; i++) {
        time += random.nextInt(8) == 0 ? random.nextInt(2000) - 900 : random.nextInt(250);
        ticks[i] = random.nextDouble() < loss ? RtcpWriter.MISSING : time;
        time = ticks[i] == RtcpWriter.MISSING ? previous(ticks, i) : time;
      }
      writer.reset();
      assertThat(writer.transportFeedback(1, 2, 65_530, 0xFFFFFF, 255, ticks, count)).isTrue();
      assertThat(writer.length() % 4).isZero();
      RtcpPacket.TransportFeedback back = (RtcpPacket.TransportFeedback) readBack().getFirst();
      assertThat(ticks(back.arrivals())).containsExactly(ticks);
      assertThat(back.arrivals().referenceTime()).isEqualTo(-1);
    }
  }

  private static int previous(int[] ticks, int before) {
    for (int i = before - 1; i >= 0; i--) {
      if (ticks[i] != RtcpWriter.MISSING) {
        return ticks[i];
      }
    }
    return 0;
  }

  private static int[] ticks(TransportArrivals arrivals) {
    int[] ticks = new int[arrivals.count()];
    Arrays.setAll(ticks, arrivals::arrivalTicks);
    return ticks;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "81 c8 0006 00000001 0000000000000000 00000000 00000000 00000000", // block missing
        "80 c9 ffff 00000001", // 256 KiB long
        "00 c9 0001 00000001", // version 0
        "a0 c9 0001 000000ff", // padding of 255
        "81 cd 0001 00000001", // NACK without a source
        "84 ce 0002 00000001 00000000", // FIR without an entry
        "8f cd 0004 00000001 00000002 0000 ffff 000000 00", // 65,535 statuses
        "8f cd 0005 00000001 00000002 0000 0010 000000 00 0000 0000" // a run of none, for ever
      })
  void malformedPacketsAreCountedAndLeftOut(String text) {
    assertThat(read(text)).isEmpty();
    assertThat(reader.malformed()).isEqualTo(1);
  }

  @Test
  void whatCameBeforeAMalformedPacketIsKept() {
    assertThat(read("81 ce 0002 00000001 00000002  80 c9 ffff 00000001"))
        .containsExactly(new RtcpPacket.PictureLoss(1, 2));
  }

  @Test
  void whatDoesNotFitIsLeftOutWhole() {
    RtcpWriter small = new RtcpWriter(new byte[64], 0, 20);
    assertThat(small.pictureLoss(1, 2)).isTrue();
    assertThat(small.pictureLoss(1, 2)).isFalse();
    assertThat(small.reportBlock(1, 0, 0, 0, 0, 0, 0)).isFalse();
    assertThat(small.length()).isEqualTo(12);
  }

  @ParameterizedTest
  @CsvSource({"11", "12", "13"})
  void randomCompoundsNeverThrow(long seed) {
    Random random = new Random(seed);
    byte[] bytes = new byte[400];
    int[] types = {200, 201, 202, 203, 204, 205, 206, 207};
    for (int round = 0; round < 20_000; round++) {
      random.nextBytes(bytes);
      int length = random.nextInt(bytes.length);
      bytes[0] = (byte) (0x80 | (bytes[0] & 0x3F));
      bytes[1] = (byte) types[random.nextInt(types.length)];
      bytes[2] = 0;
      assertThat(reader.read(bytes, 0, length)).hasSizeLessThanOrEqualTo(RtcpReader.MAX_PACKETS);
    }
  }
}
