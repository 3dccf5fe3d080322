package dev.amphi.interactive.receive;

import dev.amphi.interactive.rtp.RtcpWriter;
import dev.amphi.interactive.rtp.StreamClock;

/** Loss and jitter of one SSRC as RFC 3550 computes them (appendices A.3 and A.8). */
final class ReceptionStatistics {
  private static final int MAX_LOST = 0x7FFFFF;
  private static final long NANOS = 1_000_000_000;

  private final int clockRate;
  private boolean started;
  private long first;
  private long highest;
  private long received;
  private long expectedPrior;
  private long receivedPrior;
  private int transit;
  private long jitterSixteenths;

  ReceptionStatistics(int clockRate) {
    this.clockRate = clockRate;
  }

  /** Takes a packet of the SSRC itself; retransmissions are another stream (RFC 4588 §6). */
  void onPacket(long sequence, long timestamp, long nowNanos) {
    long arrivalTicks = nowNanos / NANOS * clockRate + nowNanos % NANOS * clockRate / NANOS;
    int newTransit = (int) (arrivalTicks - timestamp);
    if (!started) {
      started = true;
      first = sequence;
      highest = sequence;
    } else {
      long difference = Math.abs((long) (newTransit - transit));
      jitterSixteenths += difference - ((jitterSixteenths + 8) >> 4);
    }
    transit = newTransit;
    highest = Math.max(highest, sequence);
    first = Math.min(first, sequence);
    received++;
  }

  /** Adds the block; false before the first packet or when the report is full. */
  boolean writeBlock(RtcpWriter writer, long ssrc, StreamClock clock, long nowNanos) {
    if (!started) {
      return false;
    }
    boolean written =
        writer.reportBlock(
            ssrc,
            fractionLost(),
            (int) Math.max(-MAX_LOST - 1, Math.min(MAX_LOST, lost())),
            // Unwrapping starts in the second cycle, the report in the first.
            (highest - (1L << 16)) & 0xFFFF_FFFFL,
            jitterTicks(),
            clock.lastReport(),
            clock.delaySinceLastReport(nowNanos));
    if (written) {
      expectedPrior = expected();
      receivedPrior = received;
    }
    return written;
  }

  private int fractionLost() {
    long expectedInterval = expected() - expectedPrior;
    long lostInterval = expectedInterval - (received - receivedPrior);
    return expectedInterval <= 0 || lostInterval <= 0
        ? 0
        : (int) Math.min(255, (lostInterval << 8) / expectedInterval);
  }

  private long expected() {
    return started ? highest - first + 1 : 0;
  }

  /** Lost so far; negative when duplicates outnumber losses. */
  long lost() {
    return expected() - received;
  }

  /** The interarrival jitter in ticks of the RTP clock. */
  long jitterTicks() {
    return jitterSixteenths >> 4;
  }

  /** Starts over with the next packet. */
  void reset() {
    started = false;
    received = 0;
    expectedPrior = 0;
    receivedPrior = 0;
    jitterSixteenths = 0;
  }
}
