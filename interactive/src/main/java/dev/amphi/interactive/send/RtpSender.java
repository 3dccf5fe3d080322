package dev.amphi.interactive.send;

import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.fec.LinkLoss;
import dev.amphi.interactive.fec.RedWriter;
import dev.amphi.interactive.fec.Redundancy;
import dev.amphi.interactive.rtp.HeaderExtension;
import dev.amphi.interactive.rtp.MediaSource;
import dev.amphi.interactive.rtp.NtpClock;
import dev.amphi.interactive.rtp.ReportBlock;
import dev.amphi.interactive.rtp.RtcpWriter;
import dev.amphi.interactive.rtp.RtpPacket;
import dev.amphi.interactive.rtp.codec.H264Depacketizer;
import dev.amphi.interactive.send.SenderConfig.PayloadTypes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One subscription slot: what it shows may change at any time, the decoder never notices. SSRC,
 * sequence numbers, timestamps, payload type, MID and VP8 picture ids are rewritten onto one line;
 * video starts at a key frame only. Confined to the room's loop.
 */
public final class RtpSender {
  /** About two seconds of busy video. */
  private static final int VIDEO_HISTORY = 512;

  private static final int AUDIO_HISTORY = 64;

  /** Packets kept while a key frame is waited for: its first may come after its others. */
  private static final int EARLY = 128;

  /** How long the next layer waits for what is missing of the old one's last picture. */
  private static final long SETTLE_NANOS = 150_000_000;

  private static final int NO_KEY = -1;

  private static final long UNKNOWN_ROUND_TRIP_NANOS = 100_000_000;

  private final SenderConfig config;
  private final SenderOutput output;
  private final OutgoingPacket outgoing;
  private final Retransmitter retransmitter;
  private final ParityStream parity;
  private final RedWriter red = new RedWriter();
  private final Redundancy redundancy = new Redundancy();
  private final LinkLoss linkLoss = new LinkLoss();
  private final SenderReports reports;
  private final StreamLine line;
  private final Timeline timeline;
  private final PacketHistory early = new PacketHistory(EARLY);
  private final RtpPacket earlyPacket = new RtpPacket();
  private final int anyRtx;
  private final RequestLimit requestLimit = new RequestLimit();
  private @Nullable MediaSource source;
  private @Nullable MediaSource next;
  private @Nullable PayloadTypes payloadTypes;
  private Continuity continuity;
  private int spatial = Integer.MAX_VALUE;
  private int temporal = Integer.MAX_VALUE;
  private int keyAt = NO_KEY;
  private long keySinceNanos;
  private boolean started;
  private int audioLevelId;
  private long packets;
  private long bytes;
  private long payloadBytes;
  private long redundant;
  private long dropped;
  private long switches;
  private long keyFrameRequests;

  /** An idle slot. */
  public RtpSender(SenderConfig config, NtpClock ntp, SenderOutput output) {
    this(config, ntp, output, new StreamLine());
  }

  private RtpSender(SenderConfig config, NtpClock ntp, SenderOutput output, StreamLine line) {
    this.config = config;
    this.line = line;
    this.timeline = line.timeline();
    this.continuity = line.continuity(Codec.OPUS);
    this.output = output;
    this.outgoing = new OutgoingPacket(config.extensions(), config.mid());
    boolean audio = config.payloadTypes().containsKey(Codec.OPUS);
    PacketHistory history =
        new PacketHistory(config.nack() ? (audio ? AUDIO_HISTORY : VIDEO_HISTORY) : 0);
    RetransmissionBudget budget = new RetransmissionBudget();
    this.retransmitter = new Retransmitter(config, history, budget, outgoing, output);
    this.parity = new ParityStream(config, budget, outgoing, output);
    this.reports = new SenderReports(ntp);
    this.anyRtx =
        config.payloadTypes().values().stream()
            .mapToInt(PayloadTypes::rtx)
            .filter(rtx -> rtx != SenderConfig.NONE)
            .findFirst()
            .orElse(SenderConfig.NONE);
  }

  /**
   * An idle slot that goes on where this one stops, on another path or with other payload types:
   * the same SSRC must not jump back. This one is not to be used any more.
   */
  public RtpSender successor(SenderConfig config, NtpClock ntp, SenderOutput output) {
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
    started = false;
    early.clear();
    requestLimit.reset();
    reports.stop();
    next = null;
    keyAt = NO_KEY;
    this.source = source;
    payloadTypes = source == null ? null : config.payloadTypes().get(source.codec());
    if (source == null) {
      return true;
    }
    if (payloadTypes == null) {
      this.source = null;
      return false;
    }
    switches++;
    if (source.redundant()) {
      redundancy.suggest();
    }
    continuity = line.continuity(source.codec());
    continuity.target(spatial, temporal);
    audioLevelId = source.extensions().id(HeaderExtension.AUDIO_LEVEL);
    source.requestKeyFrame(nowNanos);
    return true;
  }

  /**
   * Goes over to another layer of what is shown, at that layer's next key frame, which is asked
   * for; the one that is shown goes on until then. The layer that is shown already calls this off.
   */
  public void turnTo(MediaSource layer, long nowNanos) {
    if (layer == (next == null ? source : next)) {
      return;
    }
    early.clear();
    keyAt = NO_KEY;
    if (!started) {
      source = layer;
    }
    next = layer == source ? null : layer;
    if (next != null || !started) {
      layer.requestKeyFrame(nowNanos);
    }
  }

  /**
   * Which layers inside the source's one stream pass: all up to these. Others leave no hole; up it
   * goes where the codec allows it; say it again from time to time, because that may be a key
   * frame.
   */
  public void layers(int spatial, int temporal, long nowNanos) {
    this.spatial = spatial;
    this.temporal = temporal;
    continuity.target(spatial, temporal);
    if (source != null && started && continuity.needsKeyFrame()) {
      source.requestKeyFrame(nowNanos);
    }
  }

  /** What the slot shows, or waits for when nothing is shown yet. */
  public @Nullable MediaSource source() {
    return source;
  }

  /** The layer that the slot is going over to. */
  public @Nullable MediaSource next() {
    return next;
  }

  /** Whether packets of the source go out; false until its first key frame. */
  public boolean started() {
    return started;
  }

  /** Takes a packet of the source; others' packets must not come here. Copies it. */
  public void forward(RtpPacket packet, boolean startsKeyFrame, long nowNanos) {
    MediaSource from = source;
    if (from == null) {
      dropped++;
    } else {
      forward(from, packet, startsKeyFrame, nowNanos);
    }
  }

  /**
   * Takes a packet of any layer of the source. Copies it when it is of the layer shown or the next
   * one; as long as nothing is shown any layer's key frame will do.
   */
  public void forward(MediaSource from, RtpPacket packet, boolean startsKeyFrame, long nowNanos) {
    MediaSource shown = source;
    PayloadTypes types = payloadTypes;
    if (shown == null || types == null) {
      dropped++;
    } else if (!started) {
      begin(from, shown, packet, startsKeyFrame, types, nowNanos);
    } else if (from == shown) {
      rewrite(packet, types, nowNanos);
      if (startsKeyFrame) {
        requestLimit.onKeyFrame(nowNanos);
      }
      turn(shown, types, nowNanos);
    } else if (from == next) {
      early.put(packet.sequence(), packet.buffer(), packet.offset(), packet.length(), nowNanos);
      if (startsKeyFrame && keyAt < 0) {
        keyAt = packet.sequence();
        keySinceNanos = nowNanos;
      }
      boolean full = keyAt >= 0 && ((packet.sequence() - keyAt) & 0xFFFF) >= EARLY / 2;
      keySinceNanos -= full ? SETTLE_NANOS : 0;
      turn(shown, types, nowNanos);
    }
  }

  /** As long as nothing is shown any layer's key frame will do. */
  private void begin(
      MediaSource from,
      MediaSource shown,
      RtpPacket packet,
      boolean startsKeyFrame,
      PayloadTypes types,
      long nowNanos) {
    if (startsKeyFrame) {
      if (from != shown) { // Its packets are not among the early ones.
        early.clear();
      }
      start(packet, from, shown, types, nowNanos);
    } else if (from == shown) {
      early.put(packet.sequence(), packet.buffer(), packet.offset(), packet.length(), nowNanos);
    }
  }

  /**
   * Goes over to the next layer when its key frame has begun and the old one's last picture is
   * whole; for what is missing of that one only a short time is waited.
   */
  private void turn(MediaSource shown, PayloadTypes types, long nowNanos) {
    MediaSource to = next;
    if (to == null
        || keyAt < 0
        || (!timeline.settled() && nowNanos - keySinceNanos < SETTLE_NANOS)) {
      return;
    }
    int place = early.find(keyAt);
    if (place >= 0 && earlyPacket.wrap(early.packet(place), 0, early.length(place))) {
      timeline.cutOff();
      start(earlyPacket, to, shown, types, nowNanos);
    }
    keyAt = NO_KEY;
  }

  /** Sends what came before its key frame's first packet, lost at first or overtaken. */
  private void catchUp(int first, PayloadTypes types, long nowNanos) {
    for (int i = 1; i < EARLY; i++) {
      int place = early.find((first + i) & 0xFFFF);
      if (place >= 0 && earlyPacket.wrap(early.packet(place), 0, early.length(place))) {
        rewrite(earlyPacket, types, nowNanos);
      }
    }
    early.clear();
  }

  private void rewrite(RtpPacket packet, PayloadTypes types, long nowNanos) {
    timeline.arrived(packet.sequence(), packet.marker());
    boolean taken = continuity.take(packet);
    long sequence =
        taken ? timeline.sequence(packet.sequence()) : timeline.leaveOut(packet.sequence());
    if (sequence < 0) {
      dropped += taken ? 1 : 0;
      return;
    }
    int number = (int) sequence & 0xFFFF;
    long timestamp = timeline.timestamp(packet.timestamp(), nowNanos);
    boolean withEarlier =
        types.red() != SenderConfig.NONE
            && redundancy.on()
            && red.redundancyFor(number, timestamp, packet.payloadLength());
    int type = withEarlier ? types.red() : types.media();
    boolean marker = taken && continuity.marker(packet);
    RtpPacket out = begin(type, marker, number, timestamp, packet);
    if (withEarlier
        ? !appendRed(out, packet, types.media())
        : taken && !continuity.append(out, packet)) {
      dropped++;
      return;
    }
    if (types.red() != SenderConfig.NONE) {
      red.sent(number, timestamp, packet.buffer(), packet.payloadOffset(), packet.payloadLength());
    }
    redundant += withEarlier ? 1 : 0;
    send(out, nowNanos);
    parity.flush(number, timestamp, marker, nowNanos);
  }

  private RtpPacket begin(int type, boolean marker, int number, long timestamp, RtpPacket packet) {
    int level = audioLevelId == 0 ? -1 : packet.extensionUnsigned8(audioLevelId);
    return outgoing.begin(type, marker, number, timestamp, config.ssrc(), level);
  }

  private void send(RtpPacket out, long nowNanos) {
    retransmitter.onSent(out.sequence(), out, nowNanos);
    parity.protect(out, nowNanos);
    packets++;
    bytes += out.length();
    payloadBytes += out.payloadLength();
    output.sendRtp(out.buffer(), out.offset(), out.length(), nowNanos);
  }

  private boolean appendRed(RtpPacket out, RtpPacket packet, int payloadType) {
    return red.append(
        out, payloadType, packet.buffer(), packet.payloadOffset(), packet.payloadLength());
  }

  /** A key frame that came without its parameter sets is preceded by those that came before. */
  private void sendParameterSets(
      RtpPacket packet, MediaSource from, PayloadTypes types, long nowNanos) {
    if (from.codec() == Codec.H264
        && !H264Depacketizer.hasParameterSets(
            packet.buffer(), packet.payloadOffset(), packet.payloadLength())) {
      byte[] sets = from.parameterSets();
      if (sets != null) {
        int number = (int) timeline.insert() & 0xFFFF;
        long timestamp = timeline.timestamp(packet.timestamp(), nowNanos);
        RtpPacket out = begin(types.media(), false, number, timestamp, packet);
        if (out.appendPayload(sets, 0, sets.length)) {
          send(out, nowNanos);
        }
      }
    }
  }

  /** The first packet of a source, or of another layer of it, is there. */
  private void start(
      RtpPacket packet, MediaSource from, MediaSource shown, PayloadTypes types, long nowNanos) {
    int first = packet.sequence();
    int clockRate = from.codec().clockRate();
    if (started && shown.clock().known() && from.clock().known()) {
      long captured = from.clock().ntpNanosAt(packet.timestamp());
      long aligned = timeline.shift(shown.clock().rtpAt(captured));
      timeline.goOn(packet.sequence(), packet.timestamp(), aligned, clockRate, nowNanos);
    } else {
      timeline.start(packet.sequence(), packet.timestamp(), clockRate, nowNanos);
    }
    requestLimit.onKeyFrame(nowNanos);
    continuity.start();
    if (!started) {
      reports.start(nowNanos);
    }
    switches += started ? 1 : 0;
    next =
        started || from == shown ? null : shown; // The layer that was wanted is still waited for.
    source = from;
    started = true;
    sendParameterSets(packet, from, types, nowNanos);
    rewrite(packet, types, nowNanos);
    catchUp(first, types, nowNanos);
  }

  /** Sends again what the subscriber misses, within the budget. */
  public void onNack(List<Integer> sequences, long nowNanos) {
    PayloadTypes types = payloadTypes;
    if (!config.nack() || types == null) {
      return;
    }
    for (int sequence : sequences) {
      retransmitter.onMissing(sequence, types.rtx(), roundTrip(), nowNanos);
    }
  }

  /**
   * Sends something that nobody needs, to see what the way carries: the newest packet again, or
   * bare padding, as the retransmission stream does.
   *
   * @return the bytes sent; 0 when retransmissions were not negotiated
   */
  public int sendPadding(int bytes, long nowNanos) {
    PayloadTypes types = payloadTypes;
    int rtx = types == null ? anyRtx : types.rtx();
    return rtx == SenderConfig.NONE
        ? 0
        : retransmitter.pad(bytes, rtx, timeline.highestTimestamp(), nowNanos);
  }

  /**
   * The subscriber cannot decode (PLI or FIR): asks the source; one that others watch too at most
   * thrice in ten seconds, and what is too much later on.
   */
  public void onKeyFrameRequest(long nowNanos) {
    MediaSource from = source;
    if (from != null && (!from.shared() || requestLimit.tryPass(roundTrip(), nowNanos))) {
      keyFrameRequests++;
      from.requestKeyFrame(nowNanos);
    }
  }

  /** Does what was put off and is due. */
  public void poll(long nowNanos) {
    MediaSource from = source;
    if (from != null && requestLimit.poll(nowNanos)) {
      keyFrameRequests++;
      from.requestKeyFrame(nowNanos);
    }
  }

  private long roundTrip() {
    return reports.roundTripNanos() < 0 ? UNKNOWN_ROUND_TRIP_NANOS : reports.roundTripNanos();
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
  public boolean writeReport(RtcpWriter writer, long nowNanos) {
    MediaSource from = source;
    return from != null
        && reports.write(writer, config.ssrc(), from, timeline, packets, payloadBytes, nowNanos);
  }

  /** When {@link #poll} or {@link #writeReport} has something to do, or {@code Long.MAX_VALUE}. */
  public long nextDeadlineNanos() {
    return Math.min(reports.nextDeadlineNanos(), requestLimit.nextDeadlineNanos());
  }

  /** The smoothed round trip to the subscriber, or -1 while unknown. */
  public long roundTripNanos() {
    return reports.roundTripNanos();
  }

  /** The counters so far. */
  public SenderStats stats() {
    return new SenderStats(
        packets,
        bytes,
        retransmitter.resent(),
        retransmitter.refused(),
        redundant,
        parity.sent(),
        dropped,
        switches,
        keyFrameRequests,
        reports.roundTripNanos(),
        reports.fractionLost());
  }
}
