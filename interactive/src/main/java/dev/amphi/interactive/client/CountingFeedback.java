package dev.amphi.interactive.client;

import dev.amphi.interactive.bandwidth.TransportFeedbackGenerator;
import dev.amphi.interactive.rtp.RtcpWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a subscriber tells its server at a browser's rates: a receiver report a second, and where
 * transport-wide numbers were agreed on their arrivals every 50 to 100 ms.
 */
final class CountingFeedback {
  private static final long REPORT_NANOS = 1_000_000_000L;
  private static final int BUFFER = 1_400;
  private static final int TAIL_ROOM = 64;
  private static final int MIDDLE = 16;

  private final long ssrc;
  private final byte[] cname;
  private final RtcpWriter writer = new RtcpWriter(new byte[BUFFER], 0, BUFFER - TAIL_ROOM);
  private final TransportFeedbackGenerator arrivals;
  private long nextReportNanos;
  private long lastReport;
  private long lastReportNanos;

  /** Sends a compound in the clear; its buffer has room for the protection behind it. */
  interface Out {
    void send(byte[] buffer, int offset, int length);
  }

  CountingFeedback(long ssrc, String cname, long nowNanos) {
    this.ssrc = ssrc;
    this.cname = cname.getBytes(StandardCharsets.UTF_8);
    this.arrivals = new TransportFeedbackGenerator(ssrc);
    this.nextReportNanos = nowNanos + REPORT_NANOS;
  }

  void onTransportSequence(int sequence, long mediaSsrc, long nowNanos) {
    arrivals.onPacket(sequence, mediaSsrc, nowNanos);
  }

  void onSenderReport(long ntp, long nowNanos) {
    lastReport = ntp >>> MIDDLE & 0xFFFF_FFFFL;
    lastReportNanos = nowNanos;
  }

  void poll(long nowNanos, List<StreamTally> streams, Out out) {
    if (nowNanos >= arrivals.nextDeadlineNanos()) {
      writer.reset();
      while (arrivals.poll(nowNanos, writer)) {
        out.send(writer.buffer(), writer.offset(), writer.length());
        writer.reset();
      }
    }
    if (nowNanos - nextReportNanos >= 0) {
      nextReportNanos = nowNanos + REPORT_NANOS;
      report(nowNanos, streams, out);
    }
  }

  private void report(long nowNanos, List<StreamTally> streams, Out out) {
    writer.reset();
    writer.receiverReport(ssrc);
    for (StreamTally stream : streams) {
      if (!stream.repair()) {
        writer.reportBlock(
            stream.ssrc(),
            stream.reportFractionLost(),
            0,
            stream.extendedHighest(),
            0,
            lastReport,
            lastReport == 0 ? 0 : ((nowNanos - lastReportNanos) << MIDDLE) / 1_000_000_000L);
      }
    }
    writer.sourceDescription(ssrc, cname);
    out.send(writer.buffer(), writer.offset(), writer.length());
  }
}
