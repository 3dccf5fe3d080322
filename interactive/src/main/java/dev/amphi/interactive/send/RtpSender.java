package dev.amphi.interactive.send;

import dev.amphi.interactive.bandwidth.TransportSequencer;
import dev.amphi.interactive.rtp.MediaSource;
import dev.amphi.interactive.rtp.NtpClock;
import dev.amphi.interactive.rtp.ReportBlock;
import dev.amphi.interactive.rtp.RtcpWriter;
import dev.amphi.interactive.rtp.RtpPacket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One subscription slot: what it shows may change at any time, the decoder never notices. */
public final class RtpSender {
  private final SenderConfig config;

  /** An idle slot. */
  public RtpSender(
      SenderConfig config, TransportSequencer sequencer, NtpClock ntp, SenderOutput output) {
    this.config = config;
  }

  /** The SSRC that the subscriber sees. */
  public long ssrc() {
    return config.ssrc();
  }

  /**
   * Shows another source, or none; asks it for a key frame. False when the slot did not negotiate
   * the source's codec.
   */
  public boolean switchTo(@Nullable MediaSource source, long nowNanos) {
    return false;
  }

  /** What the slot shows. */
  public @Nullable MediaSource source() {
    return null;
  }

  /** Takes a packet of the source; others' packets must not come here. */
  public void forward(RtpPacket packet, boolean startsKeyFrame, long nowNanos) {}

  /** Sends again what the subscriber misses, within the budget. */
  public void onNack(List<Integer> sequences, long nowNanos) {}

  /** The subscriber cannot decode (PLI or FIR): asks the source, at most thrice in ten seconds. */
  public void onKeyFrameRequest(long nowNanos) {}

  /** Takes the subscriber's view of this slot. */
  public void onReportBlock(ReportBlock block, long nowNanos) {}

  /** Writes a sender report when one is due; false when not. */
  public boolean writeReport(RtcpWriter writer, long nowNanos) {
    return false;
  }

  /** When the next sender report is due, or {@code Long.MAX_VALUE}. */
  public long nextDeadlineNanos() {
    return Long.MAX_VALUE;
  }

  /** The counters so far. */
  public SenderStats stats() {
    return new SenderStats(0, 0, 0, 0, 0, 0, 0, 0, 0);
  }
}
