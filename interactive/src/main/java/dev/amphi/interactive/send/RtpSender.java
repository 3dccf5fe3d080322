package dev.amphi.interactive.send;

import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.fec.LinkLoss;
import dev.amphi.interactive.fec.Redundancy;
import dev.amphi.interactive.fec.RedundancyAllowance;
import dev.amphi.interactive.rtp.MediaSource;
import dev.amphi.interactive.rtp.NtpClock;
import dev.amphi.interactive.rtp.ReportBlock;
import dev.amphi.interactive.rtp.RtcpWriter;
import dev.amphi.interactive.rtp.RtpPacket;
import dev.amphi.interactive.send.SenderConfig.PayloadTypes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One subscription slot: what it shows may change at any time, the decoder never notices. SSRC,
 * sequence numbers, timestamps, payload type, MID and VP8 picture ids are rewritten onto one line;
 * video starts at a key frame only. Confined to the room's loop.
 *
 * <pre>
 * packet ─▶ SourceSwitch ─▶ PacketWriter ─▶ RtpOutput      sent first-hand
 *           (what, when)    (as what)    └▶ ParityStream   and beside it
 * NACK ───▶ Retransmitter ─▶ SentHistory ─▶ the source's PacketHistory
 * </pre>
 */
public final class RtpSender {
  /** About two seconds of busy video. */
  private static final int VIDEO_HISTORY = 512;

  private static final int AUDIO_HISTORY = 64;

  private static final long UNKNOWN_ROUND_TRIP_NANOS = 100_000_000;

  private final SenderConfig config;
  private final StreamLine line;
  private final Timeline timeline;
  private final SourceSwitch shown;
  private final PacketWriter writer;
  private final Retransmitter retransmitter;
  private final ParityStream parity;
  private final Redundancy redundancy = new Redundancy();
  private final LinkLoss linkLoss = new LinkLoss();
  private final SenderReports reports;
  private final RequestLimit requestLimit = new RequestLimit();
  private final int anyRtx;
  private long keyFrameRequests;

  /** An idle slot. */
  public RtpSender(SenderConfig config, NtpClock ntp, RtpOutput output) {
    this(config, ntp, output, new StreamLine());
  }

  private RtpSender(SenderConfig config, NtpClock ntp, RtpOutput output, StreamLine line) {
    this.config = config;
    this.line = line;
    this.timeline = line.timeline();
    OutgoingPacket outgoing = new OutgoingPacket(config.extensions(), config.mid());
    RetransmissionBudget budget = new RetransmissionBudget();
    SentHistory sent = new SentHistory(historyLength(config));
    this.retransmitter = new Retransmitter(config, sent, budget, outgoing, output);
    this.parity = new ParityStream(config, budget, outgoing, output);
    this.writer =
        new PacketWriter(config, timeline, outgoing, sent, budget, parity, redundancy, output);
    this.shown = new SourceSwitch(config, line, writer, sent, requestLimit);
    this.reports = new SenderReports(ntp);
    this.anyRtx =
        config.payloadTypes().values().stream()
            .mapToInt(PayloadTypes::rtx)
            .filter(rtx -> rtx != SenderConfig.NONE)
            .findFirst()
            .orElse(SenderConfig.NONE);
  }

  private static int historyLength(SenderConfig config) {
    boolean audio = config.payloadTypes().containsKey(Codec.OPUS);
    return !config.nack() ? 0 : audio ? AUDIO_HISTORY : VIDEO_HISTORY;
  }

  /**
   * An idle slot that goes on where this one stops, on another path or with other payload types:
   * the same SSRC must not jump back. This one is not to be used any more.
   */
  public RtpSender successor(SenderConfig config, NtpClock ntp, RtpOutput output) {
    return new RtpSender(config, ntp, output, line);
  }

  /** What was negotiated. */
  public SenderConfig config() {
    return config;
  }

  /** The SSRC that the subscriber sees. */
  public long ssrc() {
    return config.ssrc();
  }

  /**
   * Shows another source, or none; asks it for a key frame. False, and the slot idle, when it did
   * not negotiate the source's codec.
   */
  public boolean switchTo(@Nullable MediaSource source, long nowNanos) {
    reports.stop();
    if (!shown.switchTo(source, nowNanos)) {
      return false;
    }
    if (source != null && source.redundant()) {
      redundancy.suggest();
    }
    return true;
  }

  /**
   * Goes over to another layer of what is shown, at that layer's next key frame, which is asked
   * for; the one that is shown goes on until then. The layer that is shown already calls this off.
   * To be said again as long as it holds: what still waits for its key frame asks anew.
   */
  public void turnTo(MediaSource layer, long nowNanos) {
    shown.turnTo(layer, nowNanos);
  }

  /**
   * Which layers inside the source's one stream pass: all up to these. Others leave no hole; up it
   * goes where the codec allows it; say it again from time to time, because that may be a key
   * frame.
   */
  public void layers(int spatial, int temporal, long nowNanos) {
    shown.layers(spatial, temporal, nowNanos);
  }

  /** What the slot shows, or waits for when nothing is shown yet. */
  public @Nullable MediaSource source() {
    return shown.source();
  }

  /** The layer that the slot is going over to. */
  public @Nullable MediaSource next() {
    return shown.next();
  }

  /** Whether packets of the source go out; false until its first key frame. */
  public boolean started() {
    return shown.started();
  }

  /** Takes a packet of the source; others' packets must not come here. */
  public void forward(RtpPacket packet, boolean startsKeyFrame, long nowNanos) {
    MediaSource from = shown.source();
    if (from == null) {
      writer.drop();
    } else {
      forward(from, packet, startsKeyFrame, nowNanos);
    }
  }

  /**
   * Takes a packet of any layer of the source, which has put it into its history. As long as
   * nothing is shown any layer's key frame will do.
   */
  public void forward(MediaSource from, RtpPacket packet, boolean startsKeyFrame, long nowNanos) {
    boolean before = shown.started();
    shown.forward(from, packet, startsKeyFrame, nowNanos);
    if (!before && shown.started()) {
      reports.start(nowNanos);
    }
  }

  /** Sends again what the subscriber misses, within the budget. */
  public void onNack(List<Integer> sequences, long nowNanos) {
    if (!config.nack() || shown.types() == null) {
      return;
    }
    for (int sequence : sequences) {
      retransmitter.onMissing(sequence, roundTrip(), nowNanos);
    }
  }

  /**
   * Sends something that nobody needs, to see what the way carries: the newest packet again, or
   * bare padding, as the retransmission stream does.
   *
   * @return the bytes sent; 0 when retransmissions were not negotiated
   */
  public int sendPadding(int bytes, long nowNanos) {
    PayloadTypes types = shown.types();
    int rtx = types == null ? anyRtx : types.rtx();
    return rtx == SenderConfig.NONE
        ? 0
        : retransmitter.pad(bytes, writer.newest(), rtx, timeline.highestTimestamp(), nowNanos);
  }

  /**
   * The subscriber cannot decode (PLI or FIR): asks the source; one that others watch too at most
   * thrice in ten seconds, and what is too much later on.
   */
  public void onKeyFrameRequest(long nowNanos) {
    MediaSource from = shown.source();
    if (from != null && (!from.shared() || requestLimit.tryPass(roundTrip(), nowNanos))) {
      keyFrameRequests++;
      from.requestKeyFrame(nowNanos);
    }
  }

  /** The way to the subscriber is another from now on. */
  public void moved() {
    requestLimit.moved();
  }

  /** Does what was put off and is due. */
  public void poll(long nowNanos) {
    shown.poll(nowNanos);
    MediaSource from = shown.source();
    if (from != null && requestLimit.poll(nowNanos)) {
      keyFrameRequests++;
      from.requestKeyFrame(nowNanos);
    }
  }

  private long roundTrip() {
    return reports.roundTripNanos() < 0 ? UNKNOWN_ROUND_TRIP_NANOS : reports.roundTripNanos();
  }

  /** What was sent of sound, without redundancy; 0 for a slot that shows pictures. */
  public long soundBytes() {
    return config.payloadTypes().containsKey(Codec.OPUS) ? writer.plainBytes() : 0;
  }

  /** Says what room the way out has for redundancy, whenever that may have changed. */
  public void allow(RedundancyAllowance allowance) {
    redundancy.allow(allowance.forSound());
    parity.allow(allowance.forPictures());
  }

  /** Takes the subscriber's view of this slot; true when it gave a new round trip. */
  public boolean onReportBlock(ReportBlock block, long nowNanos) {
    boolean measured = reports.onBlock(block, nowNanos);
    int loss = linkLoss.onReport(block);
    redundancy.onLoss(loss, nowNanos);
    parity.onReport(loss, reports.roundTripNanos(), nowNanos);
    return measured;
  }

  /** Writes a sender report when one is due; false when not. */
  public boolean writeReport(RtcpWriter rtcp, long nowNanos) {
    MediaSource from = shown.source();
    return from != null
        && reports.write(
            rtcp, config.ssrc(), from, timeline, writer.packets(), writer.payloadBytes(), nowNanos);
  }

  /** When {@link #poll} or {@link #writeReport} has something to do, or {@code Long.MAX_VALUE}. */
  public long nextDeadlineNanos() {
    return Math.min(
        Math.min(reports.nextDeadlineNanos(), requestLimit.nextDeadlineNanos()),
        shown.nextDeadlineNanos());
  }

  /** The smoothed round trip to the subscriber, or -1 while unknown. */
  public long roundTripNanos() {
    return reports.roundTripNanos();
  }

  /** The counters so far. */
  public SenderStats stats() {
    return new SenderStats(
        writer.packets(),
        writer.bytes(),
        retransmitter.resent(),
        retransmitter.refused(),
        writer.redundant(),
        parity.sent(),
        writer.dropped(),
        shown.switches(),
        keyFrameRequests,
        reports.roundTripNanos(),
        reports.fractionLost());
  }
}
