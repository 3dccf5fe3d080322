package dev.amphi.interactive.bandwidth;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.amphi.interactive.bandwidth.Pacer.Kind;
import dev.amphi.interactive.rtp.HeaderExtension;
import dev.amphi.interactive.rtp.HeaderExtensions;
import dev.amphi.interactive.rtp.NtpClock;
import dev.amphi.interactive.rtp.RtcpPacket;
import dev.amphi.interactive.rtp.RtcpReader;
import dev.amphi.interactive.rtp.RtcpWriter;
import dev.amphi.interactive.rtp.RtpPacket;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PacerTest {
  private static final long MILLI = 1_000_000;
  private static final int NUMBER = 3;
  private static final int SEND_TIME = 2;
  private static final HeaderExtensions EXTENSIONS =
      HeaderExtensions.of(
          Map.of(HeaderExtension.TRANSPORT_CC, NUMBER, HeaderExtension.ABS_SEND_TIME, SEND_TIME));

  private final List<Integer> left = new ArrayList<>();
  private final RtpPacket view = new RtpPacket();
  private boolean record = true;
  private long departures;
  private int paddings;
  private final BandwidthEstimator estimator =
      new BandwidthEstimator(BandwidthLimits.DEFAULT, true);
  private final Pacer pacer =
      new Pacer(
          estimator,
          EXTENSIONS,
          NtpClock.of(1_700_000_000_000_000_000L, 0),
          (buffer, offset, length) -> {
            departures++;
            if (record && view.wrap(buffer, offset, length)) {
              left.add(view.sequence());
              assertThat(view.extensionUnsigned16(NUMBER)).isEqualTo(left.size() - 1);
            }
          },
          (bytes, now) -> ++paddings > 100 ? 0 : bytes); // says so, and sends nothing numbered
  private final byte[] buffer = new byte[1600];
  private final RtpPacket packet = new RtpPacket();
  private final byte[] payload = new byte[1100];

  private void send(int sequence, Kind kind, long nowNanos) {
    packet.create(buffer, 0, 1500, 96, false);
    packet.sequence(sequence);
    packet.ssrc(kind == Kind.RETRANSMISSION ? 2 : 1);
    packet.appendExtension(SEND_TIME, 3);
    packet.appendExtension(NUMBER, 2);
    if (!packet.appendPayload(payload, 0, payload.length)) {
      throw new AssertionError("The packet has room");
    }
    pacer.send(buffer, 0, packet.length(), kind, nowNanos);
  }

  @Test
  void whatHasWaitedLongIsTakenBackWhenItsNumbersAreTheNewest() {
    for (int i = 0; i < 25; i++) {
      send(i, Kind.VIDEO, 0);
    }
    int waiting = pacer.queued();
    assertThat(pacer.recall(1, 2, 24, 100 * MILLI)).as("it may still be in time").isZero();
    assertThat(pacer.queued()).isEqualTo(waiting);
    assertThat(pacer.recall(1, 2, 24, 300 * MILLI)).isEqualTo(waiting);
    assertThat(pacer.queued()).isZero();
    assertThat(pacer.stats(300 * MILLI).pacer().recalled()).isEqualTo(waiting);
  }

  @Test
  void numbersBehindWhichOthersLeftAreNotGivenAgain() {
    for (int i = 0; i < 25; i++) {
      send(i, Kind.VIDEO, 0);
    }
    assertThat(pacer.recall(1, 2, 25, 300 * MILLI)).as("25 left").isZero();
    assertThat(pacer.queued()).isZero();
  }

  @Test
  void aBurstBeyondTheFirstGuessWaitsWhateverAReceiverClaims() {
    estimator.onReceiverEstimate(Long.MAX_VALUE);
    for (int i = 0; i < 25; i++) {
      send(i, Kind.VIDEO, 0);
    }
    // The estimate is the first guess, so that a burst of about four packets passes, not more.
    assertThat(left).containsExactly(0, 1, 2, 3);
    assertThat(pacer.queued()).isEqualTo(21);
  }

  @Test
  void soundOvertakesAndRetransmissionsGoBeforeVideo() {
    for (int i = 0; i < 6; i++) {
      send(i, Kind.VIDEO, 0);
    }
    send(100, Kind.RETRANSMISSION, 0);
    send(200, Kind.AUDIO, 0);
    assertThat(left).containsExactly(0, 1, 2, 3, 200);
    for (long now = 5 * MILLI; pacer.queued() > 0; now += 5 * MILLI) {
      pacer.poll(now);
    }
    assertThat(left).containsExactly(0, 1, 2, 3, 200, 100, 4, 5);
  }

  @Test
  void whatHasItsNumberLeavesInOrderAndInTime() {
    int packets = 4 + Pacer.VIDEO_PACKETS + 7;
    for (int i = 0; i < packets; i++) {
      send(i, Kind.VIDEO, 0);
    }
    assertThat(pacer.stats(0).pacer().hurried()).isEqualTo(7);
    assertThat(pacer.queued()).isEqualTo(Pacer.VIDEO_PACKETS);
    long now = 0;
    while (pacer.queued() > 0) {
      now = Math.max(now + MILLI, pacer.nextDeadlineNanos());
      pacer.poll(now);
    }
    assertThat(left).isEqualTo(IntStream.range(0, packets).boxed().toList());
    assertThat(now).isLessThanOrEqualTo(Pacer.MAX_WAIT_NANOS + 2 * Pacer.TICK_NANOS);
  }

  @Test
  void aStreamThatNobodyWantsLeavesTheQueue() {
    for (int i = 0; i < 10; i++) {
      send(i, Kind.VIDEO, 0);
    }
    send(100, Kind.RETRANSMISSION, 0);
    pacer.discard(1);
    assertThat(pacer.queued()).isEqualTo(1);
  }

  @Test
  void aProbeThatPaddingCannotFillIsGivenUp() {
    TransportFeedbackGenerator feedback = new TransportFeedbackGenerator(7);
    for (int i = 0; i < 3; i++) {
      send(i, Kind.VIDEO, 0);
      feedback.onPacket(i, 1, 20 * MILLI);
    }
    RtcpWriter writer = new RtcpWriter(buffer, 0, 1200);
    assertThat(feedback.poll(120 * MILLI, writer)).isTrue();
    RtcpPacket packet = new RtcpReader().read(buffer, 0, writer.length()).getFirst();
    estimator.onFeedback(((RtcpPacket.TransportFeedback) packet).arrivals(), 140 * MILLI);

    pacer.poll(140 * MILLI);

    assertThat(paddings).isEqualTo(1);
    assertThat(pacer.nextDeadlineNanos()).isGreaterThan(140 * MILLI);
  }

  @Test
  void aPacketThatPassesAllocatesNothing() {
    record = false;
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long now = play(0, 20_000);
    long before = threads.getThreadAllocatedBytes(Thread.currentThread().threadId());
    play(now, 20_000);
    long bytes = threads.getThreadAllocatedBytes(Thread.currentThread().threadId()) - before;
    assertThat(departures).isGreaterThan(10_000);
    assertThat(pacer.stats(now).pacer().waited()).isPositive();
    assertThat(bytes).as("bytes for 20,000 packets").isLessThan(8192);
  }

  private long play(long from, int packets) {
    long now = from;
    for (int i = 0; i < packets; i++) {
      send(i & 0xFFFF, Kind.VIDEO, now);
      now += i % 100 < 90 ? MILLI : 10 * MILLI; // bursts beyond what the pace allows

      pacer.poll(now);
    }
    return now;
  }

  @Test
  void buffersThatWereNeededOnceAreLetGo() {
    PacketQueue queue = new PacketQueue(64);
    byte[] bytes = new byte[100];
    for (int i = 0; i < 64; i++) {
      queue.add(bytes, 0, bytes.length, 0);
    }
    byte[] first = queue.firstPacket();
    while (!queue.isEmpty()) {
      queue.removeFirst();
    }
    assertThat(queue.nextDeadlineNanos()).isEqualTo(PacketQueue.KEPT_NANOS);
    long now = PacketQueue.KEPT_NANOS - 1;
    queue.poll(now);
    assertThat(queue.spares()).as("may be needed again").isEqualTo(64);
    for (int round = 0; round < 3; round++) { // A few wait time and again.
      now = queue.nextDeadlineNanos() - 1;
      for (int i = 0; i < 5; i++) {
        queue.add(bytes, 0, bytes.length, now);
      }
      while (!queue.isEmpty()) {
        queue.removeFirst();
      }
      queue.poll(++now);
    }
    assertThat(queue.spares()).as("what was needed lately").isEqualTo(5);
    queue.add(bytes, 0, bytes.length, now);
    assertThat(queue.spares()).as("taken from what is kept").isEqualTo(4);
    queue.removeFirst();
    for (int round = 0; round < 2; round++) {
      now = queue.nextDeadlineNanos();
      queue.poll(now);
    }
    assertThat(queue.spares()).isZero();
    assertThat(queue.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    queue.add(bytes, 0, bytes.length, now);
    assertThat(queue.firstPacket()).isNotSameAs(first);
  }
}
