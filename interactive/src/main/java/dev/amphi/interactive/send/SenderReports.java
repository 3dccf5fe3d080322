package dev.amphi.interactive.send;

import dev.amphi.interactive.rtp.MediaSource;
import dev.amphi.interactive.rtp.NtpClock;
import dev.amphi.interactive.rtp.NtpTime;
import dev.amphi.interactive.rtp.ReportBlock;
import dev.amphi.interactive.rtp.RtcpWriter;

/**
 * Sender reports of one slot (RFC 3550 §6.4.1) and what comes back about them: the round trip
 * (§6.4.1, LSR and DLSR) and the loss. The pair of wall clock and timestamp is the publisher's own,
 * moved into this node's time, so that lips stay in sync whatever the jitter on the way here.
 */
final class SenderReports {
  static final long NEVER = Long.MAX_VALUE;
  static final long INTERVAL_NANOS = 1_000_000_000;

  /** How long the publisher's first report is waited for. */
  private static final long PATIENCE_NANOS = 2_000_000_000;

  private static final long RETRY_NANOS = 100_000_000;
  private static final int REMEMBERED = 8;
  private static final long NANOS = 1_000_000_000;
  private static final long MAX_ROUND_TRIP_NANOS = 10 * NANOS;

  private final NtpClock ntp;
  private final long[] middles = new long[REMEMBERED];
  private final long[] sentNanos = new long[REMEMBERED];
  private int written;
  private long dueNanos = NEVER;
  private long startedNanos;
  private long roundTripNanos = -1;
  private int fractionLost;

  SenderReports(NtpClock ntp) {
    this.ntp = ntp;
  }

  /** Media goes out: reports are due, the first at once. */
  void start(long nowNanos) {
    startedNanos = nowNanos;
    dueNanos = nowNanos;
  }

  /** Nothing goes out any more. */
  void stop() {
    dueNanos = NEVER;
  }

  long nextDeadlineNanos() {
    return dueNanos;
  }

  /** Writes a report when one is due; waits a while for the publisher's first. */
  boolean write(
      RtcpWriter writer,
      long ssrc,
      MediaSource source,
      Timeline timeline,
      long packets,
      long bytes,
      long nowNanos) {
    if (nowNanos < dueNanos) {
      return false;
    }
    if (!source.clock().known() && nowNanos - startedNanos < PATIENCE_NANOS) {
      dueNanos = nowNanos + RETRY_NANOS;
      return false;
    }
    dueNanos = nowNanos + INTERVAL_NANOS;
    long ntpTime;
    long rtpTime;
    if (source.clock().known()) {
      ntpTime = NtpTime.fromNanos(source.clock().localNtpNanosNow(nowNanos));
      rtpTime = timeline.shift(source.clock().rtpNow(nowNanos));
    } else {
      // Better than no report: without one the subscriber's round trip stays unknown.
      long sinceNanos = nowNanos - timeline.highestAtNanos();
      ntpTime = NtpTime.fromNanos(ntp.ntpNanos(nowNanos));
      rtpTime = timeline.highestTimestamp() + ticks(sinceNanos, source.codec().clockRate());
    }
    if (!writer.senderReport(ssrc, ntpTime, rtpTime, packets, bytes)) {
      return false;
    }
    int i = written++ % REMEMBERED;
    middles[i] = NtpTime.middle(ntpTime);
    sentNanos[i] = nowNanos;
    return true;
  }

  private static long ticks(long nanos, int clockRate) {
    return nanos / 1000 * clockRate / 1_000_000;
  }

  /** Takes the subscriber's block about this slot; true when it gave a new round trip. */
  boolean onBlock(ReportBlock block, long nowNanos) {
    fractionLost = block.fractionLost();
    for (int i = 0; i < Math.min(written, REMEMBERED); i++) {
      if (block.lastReport() != 0 && middles[i] == block.lastReport()) {
        long held = (block.delaySinceLastReport() * NANOS) >>> 16;
        long sample = nowNanos - sentNanos[i] - held;
        if (sample < 0 || sample > MAX_ROUND_TRIP_NANOS) {
          return false;
        }
        roundTripNanos =
            roundTripNanos < 0 ? sample : roundTripNanos + (sample - roundTripNanos) / 4;
        return true;
      }
    }
    return false;
  }

  /** The smoothed round trip, or -1 before the first. */
  long roundTripNanos() {
    return roundTripNanos;
  }

  /** Lost in the last interval, in 256ths. */
  int fractionLost() {
    return fractionLost;
  }
}
