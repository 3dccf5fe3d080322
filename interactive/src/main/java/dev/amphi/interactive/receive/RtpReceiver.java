package dev.amphi.interactive.receive;

import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.rtp.HeaderExtensions;
import dev.amphi.interactive.rtp.MediaSource;
import dev.amphi.interactive.rtp.RtcpPacket;
import dev.amphi.interactive.rtp.RtcpWriter;
import dev.amphi.interactive.rtp.RtpPacket;
import dev.amphi.interactive.rtp.StreamClock;

/** One published stream: the first SSRC and, where negotiated, its retransmissions. */
public final class RtpReceiver implements MediaSource {
  private final ReceiverConfig config;
  private final StreamClock clock;

  /** A receiver that sends its requests to {@code feedback} and its media to {@code output}. */
  public RtpReceiver(ReceiverConfig config, ReceiverFeedback feedback, ReceiverOutput output) {
    this.config = config;
    this.clock = new StreamClock(config.codec().clockRate());
  }

  @Override
  public Codec codec() {
    return config.codec();
  }

  @Override
  public HeaderExtensions extensions() {
    return config.extensions();
  }

  @Override
  public StreamClock clock() {
    return clock;
  }

  /** Takes a packet of the media or the retransmission SSRC; false when it was dropped. */
  public boolean onPacket(RtpPacket packet, long nowNanos) {
    return false;
  }

  /** Takes the publisher's report about this stream. */
  public void onSenderReport(RtcpPacket.SenderReport report, long nowNanos) {
    clock.onReport(report.ntp(), report.rtpTimestamp(), nowNanos);
  }

  @Override
  public void requestKeyFrame(long nowNanos) {}

  /** Adds this stream's block to the report that was begun; false when there is nothing to say. */
  public boolean writeReportBlock(RtcpWriter writer, long nowNanos) {
    return false;
  }

  /** Sends what is due: NACKs, key frame requests, frames after a hole was given up. */
  public void poll(long nowNanos) {}

  /** When {@link #poll} wants to be called next, or {@code Long.MAX_VALUE}. */
  public long nextDeadlineNanos() {
    return Long.MAX_VALUE;
  }

  /** The counters so far. */
  public ReceiverStats stats() {
    return new ReceiverStats(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }
}
