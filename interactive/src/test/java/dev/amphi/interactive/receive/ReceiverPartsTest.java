package dev.amphi.interactive.receive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.rtp.NtpAlignment;
import dev.amphi.interactive.rtp.NtpClock;
import dev.amphi.interactive.rtp.NtpTime;
import dev.amphi.interactive.rtp.ReportBlock;
import dev.amphi.interactive.rtp.RtcpPacket;
import dev.amphi.interactive.rtp.RtcpReader;
import dev.amphi.interactive.rtp.RtcpWriter;
import dev.amphi.interactive.rtp.StreamClock;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The small parts of a receiver, each for itself. */
class ReceiverPartsTest {
  private static final long MILLI = 1_000_000;

  @Test
  void requestsAKeyFrameAtMostEveryHalfSecondUntilOneComes() {
    KeyFrameRequester requester = new KeyFrameRequester();
    assertThat(requester.poll(0)).isFalse();
    requester.request();
    assertThat(requester.poll(0)).isTrue();
    requester.request();
    assertThat(requester.poll(499 * MILLI)).isFalse();
    assertThat(requester.poll(500 * MILLI)).isTrue();
    assertThat(requester.nextDeadlineNanos()).isEqualTo(1000 * MILLI);
    requester.onKeyFrame(500 * MILLI);
    assertThat(requester.nextDeadlineNanos()).isEqualTo(KeyFrameRequester.NEVER);
    requester.request(); // somebody came just too late for that one
    assertThat(requester.poll(649 * MILLI)).isFalse();
    assertThat(requester.poll(650 * MILLI)).isTrue();
    assertThat(requester.nextDeadlineNanos()).isEqualTo(1150 * MILLI);
  }

  @Test
  void requestsBecomeRareWhenNobodyAnswers() {
    KeyFrameRequester requester = new KeyFrameRequester();
    requester.request();
    int sent = 0;
    for (long millis = 0; millis < 60_000; millis += 10) {
      sent += requester.poll(millis * MILLI) ? 1 : 0;
    }
    assertThat(sent).isBetween(15, 25);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void eachSequenceNumberPassesOnce(long seed) {
    Random random = new Random(seed);
    ReplayWindow window = new ReplayWindow();
    Set<Long> passed = new HashSet<>();
    long base = 65_536;
    for (int round = 0; round < 50_000; round++) {
      base += random.nextInt(100) == 0 ? random.nextInt(5000) : 1;
      long sequence = base - random.nextInt(ReplayWindow.SIZE / 2);
      boolean tooOld = window.tooOld(sequence);
      assertThat(window.accept(sequence))
          .as("seed %d, packet %d", seed, sequence)
          .isEqualTo(!tooOld && passed.add(sequence));
    }
  }

  @Test
  void reportsLossAndJitterAsTheStandardComputesThem() {
    ReceptionStatistics statistics = new ReceptionStatistics(8000);
    StreamClock clock = new StreamClock(8000, new NtpAlignment(new NtpClock(0)));
    long ntp = NtpTime.fromNanos(3_900_000_000_500_000_000L);
    clock.onReport(ntp, 0, 0);
    // every fourth packet is lost, every other comes 10 ms late: the transit swings by 80 ticks
    long base = 65_536L + 65_500;
    for (int i = 0; i < 1000; i++) {
      if (i % 4 != 3) {
        statistics.onPacket(base + i, 160L * i, (20L * i + (i % 2) * 10L) * MILLI);
      }
    }
    ReportBlock block = block(statistics, clock, 20_000 * MILLI);
    assertThat(block.cumulativeLost()).isEqualTo(249);
    assertThat(block.fractionLost()).isEqualTo(249 * 256 / 999);
    assertThat(block.extendedHighest()).isEqualTo(65_500 + 998);
    // two of three steps swing by 80 ticks: the mean is 53
    assertThat(block.jitterTicks()).isBetween(50L, 58L);
    assertThat(block.lastReport()).isEqualTo(NtpTime.middle(ntp));
    assertThat(block.delaySinceLastReport()).isEqualTo(20 * 65_536);

    statistics.onPacket(base + 1000, 160_000, 20_000 * MILLI);
    assertThat(block(statistics, clock, 20_000 * MILLI).fractionLost()).isEqualTo(128);
  }

  private static ReportBlock block(
      ReceptionStatistics statistics, StreamClock clock, long nowNanos) {
    RtcpWriter writer = new RtcpWriter(new byte[100], 0, 100);
    writer.receiverReport(1);
    assertThat(statistics.writeBlock(writer, 2, clock, nowNanos)).isTrue();
    RtcpPacket report = new RtcpReader().read(writer.buffer(), 0, writer.length()).getFirst();
    return ((RtcpPacket.ReceiverReport) report).blocks().getFirst();
  }

  @Test
  void captureTimeRunsAlongTheSendersClock() {
    StreamClock clock = new StreamClock(90_000, new NtpAlignment(new NtpClock(0)));
    assertThat(clock.ntpNanosAt(5)).isEqualTo(StreamClock.UNKNOWN);
    long atReport = 3_900_000_000_000_000_000L;
    clock.onReport(NtpTime.fromNanos(atReport), 0xFFFF_FFF0L, 0);
    assertThat(clock.ntpNanosAt(0xFFFF_FFF0L)).isEqualTo(atReport);
    assertThat(clock.ntpNanosAt((0xFFFF_FFF0L + 90_000) & 0xFFFF_FFFFL))
        .isEqualTo(atReport + 1_000_000_000);
    assertThat(clock.ntpNanosAt(0xFFFF_FFF0L - 45_000)).isEqualTo(atReport - 500_000_000);
  }
}
