package dev.amphi.interactive.bandwidth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.rtp.RtcpPacket;
import dev.amphi.interactive.rtp.RtcpReader;
import dev.amphi.interactive.rtp.RtcpWriter;
import dev.amphi.interactive.rtp.TransportArrivals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransportFeedbackGeneratorTest {
  private static final long MILLI = 1_000_000;

  private final TransportFeedbackGenerator generator = new TransportFeedbackGenerator(7);
  private final RtcpWriter writer = new RtcpWriter(new byte[1232], 0, 1200);

  private List<TransportArrivals> poll(long nowNanos) {
    List<TransportArrivals> messages = new ArrayList<>();
    writer.reset();
    while (generator.poll(nowNanos, writer)) {
      RtcpPacket packet = new RtcpReader().read(writer.buffer(), 0, writer.length()).getFirst();
      messages.add(((RtcpPacket.TransportFeedback) packet).arrivals());
      writer.reset();
    }
    return messages;
  }

  @Test
  void reportsEveryHundredMilliseconds() {
    assertThat(generator.nextDeadlineNanos()).isEqualTo(TransportFeedbackGenerator.NEVER);
    generator.onPacket(65_535, 1, 1000 * MILLI);
    generator.onPacket(1, 1, 1010 * MILLI);
    assertThat(generator.nextDeadlineNanos()).isEqualTo(1100 * MILLI);
    assertThat(poll(1099 * MILLI)).isEmpty();
    TransportArrivals arrivals = poll(1100 * MILLI).getFirst();
    assertThat(arrivals.baseSequence()).isEqualTo(65_535);
    assertThat(arrivals.count()).isEqualTo(3);
    assertThat(arrivals.referenceTime()).isEqualTo(15); // 960 ms
    assertThat(arrivals.arrivalTicks(0)).isEqualTo(160); // 40 ms after it
    assertThat(arrivals.arrivalTicks(1)).isEqualTo(TransportArrivals.MISSING);
    assertThat(arrivals.arrivalTicks(2)).isEqualTo(200);
    assertThat(poll(5000 * MILLI)).isEmpty();
  }

  @Test
  void aLatePacketIsReportedAgain() {
    generator.onPacket(1, 1, 0);
    generator.onPacket(3, 1, MILLI);
    poll(100 * MILLI);
    generator.onPacket(2, 1, 110 * MILLI);
    generator.onPacket(4, 1, 112 * MILLI);
    TransportArrivals arrivals = poll(200 * MILLI).getFirst();
    assertThat(arrivals.baseSequence()).isEqualTo(2);
    assertThat(arrivals.count()).isEqualTo(3);
    assertThat(arrivals.feedbackCount()).isEqualTo(1);
  }

  @Test
  void aBusyTransportReportsTwiceAsOften() {
    for (int i = 0; i < 60; i++) {
      generator.onPacket(i, 1, i * MILLI / 2);
    }
    assertThat(generator.nextDeadlineNanos()).isEqualTo(50 * MILLI);
  }

  @Test
  void aPauseIsNotForcedIntoADelta() {
    generator.onPacket(1, 1, 0);
    generator.onPacket(2, 1, 60_000 * MILLI);
    List<TransportArrivals> messages = poll(60_000 * MILLI);
    assertThat(messages).hasSize(2);
    assertThat(messages.get(1).baseSequence()).isEqualTo(2);
    assertThat(messages.get(1).referenceTime()).isEqualTo(60_000 / 64);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void everyArrivalIsToldWithinAQuarterMillisecond(long seed) {
    Random random = new Random(seed);
    Map<Integer, Long> came = new TreeMap<>();
    Map<Integer, Long> told = new TreeMap<>();
    long now = 5_000 * MILLI;
    for (int i = 0; i < 20_000; i++) {
      now += random.nextInt(3_000_000);
      int sequence = i - random.nextInt(10);
      if (sequence >= 0 && random.nextInt(10) > 0 && came.putIfAbsent(sequence, now) == null) {
        generator.onPacket(sequence, 1, now);
      }
      for (TransportArrivals arrivals : poll(now)) {
        for (int k = 0; k < arrivals.count(); k++) {
          if (arrivals.arrivalTicks(k) != TransportArrivals.MISSING) {
            long micros = arrivals.referenceTime() * 64_000L + arrivals.arrivalTicks(k) * 250L;
            told.put(arrivals.baseSequence() + k, micros * 1000);
          }
        }
      }
    }
    poll(now + 100 * MILLI);
    assertThat(came.size()).isGreaterThan(8_000);
    int unreported = 0;
    for (Map.Entry<Integer, Long> packet : came.entrySet()) {
      Long at = told.get(packet.getKey());
      if (at == null) {
        unreported++;
      } else {
        assertThat(packet.getValue() - at).isBetween(0L, 250_000L);
      }
    }
    assertThat(unreported).as("only those of the last interval").isLessThan(100);
  }
}
