package dev.amphi.interactive.pipeline;

import dev.amphi.interactive.bandwidth.BandwidthEstimator;
import dev.amphi.interactive.bandwidth.BandwidthStats;
import dev.amphi.interactive.bandwidth.TransportFeedbackGenerator;
import dev.amphi.interactive.receive.ReceiverConfig;
import dev.amphi.interactive.receive.ReceiverFeedback;
import dev.amphi.interactive.receive.ReceiverOutput;
import dev.amphi.interactive.receive.RtpReceiver;
import dev.amphi.interactive.rtp.HeaderExtension;
import dev.amphi.interactive.rtp.NtpAlignment;
import dev.amphi.interactive.rtp.ReportBlock;
import dev.amphi.interactive.rtp.RtcpPacket;
import dev.amphi.interactive.rtp.RtcpReader;
import dev.amphi.interactive.rtp.RtcpWriter;
import dev.amphi.interactive.rtp.RtpPacket;
import dev.amphi.interactive.send.RtpSender;
import dev.amphi.interactive.send.SenderConfig;
import dev.amphi.interactive.send.SenderOutput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The media of one transport, between SRTP and the room: finds each packet's stream (RFC 8843
 * §9.2), hands RTCP to whom it concerns, and sends reports and feedback. Sans-I/O, confined to the
 * room's loop. After each input call {@link #poll} when {@link #nextDeadlineNanos()} has come.
 */
public final class MediaEndpoint implements ReceiverFeedback {
  private static final long REPORT_INTERVAL_NANOS = 1_000_000_000;
  private static final int RTCP_LIMIT = 1200;

  private final EndpointConfig config;
  private final SenderOutput output;
  private final NtpAlignment alignment;
  private final StreamTable streams;
  private final List<RtpSender> senders = new ArrayList<>();
  private final SendPath path;
  private final TransportFeedbackGenerator feedback;
  private final RtcpReader reader = new RtcpReader();
  private final RtcpWriter writer;
  private final byte[] cname;
  private final RtpPacket packet = new RtpPacket();
  private long reportDueNanos = Long.MAX_VALUE;
  private long malformed;
  private long unknown;

  /** An endpoint without streams. */
  public MediaEndpoint(EndpointConfig config, SenderOutput output) {
    this.config = config;
    this.output = output;
    this.path = new SendPath(config, senders, output);
    this.alignment = new NtpAlignment(config.ntp());
    this.streams = new StreamTable(config.extensions());
    this.feedback = new TransportFeedbackGenerator(config.localSsrc());
    this.cname = config.cname().getBytes(StandardCharsets.UTF_8);
    this.writer = new RtcpWriter(new byte[RTCP_LIMIT + RtpPacket.TAIL_ROOM], 0, RTCP_LIMIT);
  }

  /** Starts to receive a published stream. */
  public RtpReceiver receive(ReceiverConfig config, ReceiverOutput output) {
    RtpReceiver receiver = new RtpReceiver(config, alignment, this, output);
    streams.add(receiver);
    return receiver;
  }

  /** Stops to receive a stream; its packets are dropped from now on. */
  public void remove(RtpReceiver receiver) {
    streams.remove(receiver);
  }

  /** Opens a subscription slot. */
  public RtpSender send(SenderConfig config) {
    RtpSender sender = new RtpSender(config, this.config.ntp(), path.outputFor(config));
    senders.add(sender);
    return sender;
  }

  /**
   * Opens a slot that goes on where another stops, so that its SSRC does not jump back: after a new
   * negotiation, or on a new path.
   */
  public RtpSender send(SenderConfig config, RtpSender predecessor) {
    RtpSender sender = predecessor.successor(config, this.config.ntp(), path.outputFor(config));
    senders.remove(predecessor);
    senders.add(sender);
    return sender;
  }

  /** Closes a slot and says BYE for it. */
  public void remove(RtpSender sender, long nowNanos) {
    if (senders.remove(sender)) {
      sender.switchTo(null, nowNanos);
      path.discard(sender);
      writer.reset();
      writer.receiverReport(config.localSsrc());
      writer.bye(sender.ssrc());
      flush();
    }
  }

  /**
   * Forgets what waits of a slot's stream, because the way does not carry it. Leaves a hole in its
   * numbers: only a key frame may follow.
   */
  public void discard(RtpSender sender) {
    path.discard(sender);
  }

  /** Takes an unprotected RTP packet; the buffer may be changed in place. */
  public void onRtp(byte[] buffer, int offset, int length, long nowNanos) {
    if (!packet.wrap(buffer, offset, length)) {
      malformed++;
      return;
    }
    observeTransportSequence(nowNanos);
    RtpReceiver receiver = streams.find(packet, nowNanos);
    if (receiver == null) {
      unknown++;
      return;
    }
    if (reportDueNanos == Long.MAX_VALUE) {
      reportDueNanos = nowNanos + REPORT_INTERVAL_NANOS;
    }
    receiver.onPacket(packet, nowNanos);
  }

  private void observeTransportSequence(long nowNanos) {
    if (config.transportFeedback()) {
      int id = config.extensions().id(HeaderExtension.TRANSPORT_CC);
      int number = packet.extensionUnsigned16(id);
      if (number >= 0) {
        feedback.onPacket(number, packet.ssrc(), nowNanos);
      }
    }
  }

  /** Takes an unprotected compound RTCP packet. */
  public void onRtcp(byte[] buffer, int offset, int length, long nowNanos) {
    List<RtcpPacket> packets = reader.read(buffer, offset, length);
    for (int i = 0; i < packets.size(); i++) {
      onRtcp(packets.get(i), nowNanos);
    }
  }

  private void onRtcp(RtcpPacket rtcp, long nowNanos) {
    switch (rtcp) {
      case RtcpPacket.SenderReport report -> {
        RtpReceiver receiver = streams.bySsrc(report.senderSsrc());
        if (receiver != null) {
          receiver.onSenderReport(report, nowNanos);
        }
        onBlocks(report.blocks(), nowNanos);
      }
      case RtcpPacket.ReceiverReport report -> onBlocks(report.blocks(), nowNanos);
      case RtcpPacket.Nack nack -> {
        for (RtpSender sender : senders) {
          if (sender.ssrc() == nack.mediaSsrc()) {
            sender.onNack(nack.sequences(), nowNanos);
          }
        }
      }
      case RtcpPacket.PictureLoss loss -> onKeyFrameRequest(loss.mediaSsrc(), nowNanos);
      case RtcpPacket.FullIntraRequest intra -> onKeyFrameRequest(intra.mediaSsrc(), nowNanos);
      case RtcpPacket.ReceiverEstimate estimate ->
          path.onReceiverEstimate(estimate.bitrateBps(), nowNanos);
      case RtcpPacket.TransportFeedback arrivals -> path.onFeedback(arrivals.arrivals(), nowNanos);
      // Streams come and go by signalling.
      case RtcpPacket.Bye bye -> {}
      case RtcpPacket.SourceDescription description -> {}
      case RtcpPacket.Unsupported unsupported -> {}
    }
  }

  private void onBlocks(List<ReportBlock> blocks, long nowNanos) {
    for (ReportBlock block : blocks) {
      for (RtpSender sender : senders) {
        if (sender.ssrc() == block.ssrc() && sender.onReportBlock(block, nowNanos)) {
          streams.onRoundTrip(sender.roundTripNanos());
        }
      }
    }
  }

  private void onKeyFrameRequest(long mediaSsrc, long nowNanos) {
    for (RtpSender sender : senders) {
      if (sender.ssrc() == mediaSsrc) {
        sender.onKeyFrameRequest(nowNanos);
      }
    }
  }

  /** Sends what is due. */
  public void poll(long nowNanos) {
    streams.poll(nowNanos);
    path.poll(nowNanos);
    writer.reset();
    while (feedback.poll(nowNanos, writer)) {
      flush();
    }
    report(nowNanos);
  }

  /** RFC 3550 §6.1: reports first; the blocks go into the first of them, the CNAME last. */
  private void report(long nowNanos) {
    boolean receiving = nowNanos >= reportDueNanos;
    long reporter = config.localSsrc();
    boolean any = false;
    for (int i = 0; i < senders.size(); i++) {
      RtpSender sender = senders.get(i);
      sender.poll(nowNanos);
      if (nowNanos >= sender.nextDeadlineNanos() && sender.writeReport(writer, nowNanos)) {
        reporter = any ? reporter : sender.ssrc();
        if (!any && receiving) {
          streams.writeReportBlocks(writer, nowNanos);
        }
        any = true;
      }
    }
    if (receiving) {
      if (!any) {
        writer.receiverReport(config.localSsrc());
        streams.writeReportBlocks(writer, nowNanos);
      }
      any = true;
      reportDueNanos = nowNanos + REPORT_INTERVAL_NANOS;
    }
    if (any) {
      writer.sourceDescription(reporter, cname);
      flush();
    }
  }

  @Override
  public void sendNack(long mediaSsrc, int[] sequences, int count) {
    writer.reset();
    writer.nack(config.localSsrc(), mediaSsrc, sequences, count);
    flush();
  }

  @Override
  public void sendPictureLoss(long mediaSsrc) {
    writer.reset();
    writer.pictureLoss(config.localSsrc(), mediaSsrc);
    flush();
  }

  private void flush() {
    if (writer.length() > 0) {
      output.sendRtcp(writer.buffer(), writer.offset(), writer.length());
    }
    writer.reset();
  }

  /** When {@link #poll} wants to be called next, or {@code Long.MAX_VALUE}; the past means now. */
  public long nextDeadlineNanos() {
    long next = Math.min(reportDueNanos, streams.nextDeadlineNanos());
    next = Math.min(next, feedback.nextDeadlineNanos());
    next = Math.min(next, path.nextDeadlineNanos());
    for (int i = 0; i < senders.size(); i++) {
      next = Math.min(next, senders.get(i).nextDeadlineNanos());
    }
    return next;
  }

  /** The way is open; the slots are there. */
  public void connected() {
    path.connected();
  }

  /** The way is another from now on. */
  public void moved() {
    path.moved();
    senders.forEach(RtpSender::moved);
  }

  /** What this transport's way out is estimated to carry. */
  public BandwidthEstimator bandwidth() {
    return path.estimator();
  }

  /** The counters of the way out. */
  public BandwidthStats bandwidthStats(long nowNanos) {
    return path.stats(nowNanos);
  }

  /** Counters of what was dropped before it reached a stream. */
  public EndpointStats stats() {
    return new EndpointStats(malformed, unknown, reader.malformed());
  }
}
