package dev.amphi.interactive.send;

import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.rtp.MediaSource;
import dev.amphi.interactive.rtp.PacketHistory;
import dev.amphi.interactive.rtp.RtpPacket;
import dev.amphi.interactive.rtp.codec.H264Depacketizer;
import dev.amphi.interactive.send.SenderConfig.PayloadTypes;
import org.jspecify.annotations.Nullable;

/**
 * What a slot shows, what it goes over to, and when: at a key frame, and not before the old layer's
 * last picture is whole. What came meanwhile is taken from the source's own history.
 */
final class SourceSwitch {
  /** How far behind a key frame's first packet the others are looked for: it may come last. */
  private static final int EARLY = 128;

  /** How long the next layer waits for what is missing of the old one's last picture. */
  private static final long SETTLE_NANOS = 150_000_000;

  /** How long what was shown before can still be asked for again, when nothing follows it. */
  private static final long KEPT_NANOS = 2_000_000_000L;

  private static final int NO_KEY = -1;

  private final SenderConfig config;
  private final StreamLine line;
  private final Timeline timeline;
  private final PacketWriter writer;
  private final SentHistory sent;
  private final RequestLimit requestLimit;
  private final RtpPacket early = new RtpPacket();
  private @Nullable MediaSource source;
  private @Nullable MediaSource next;
  private @Nullable PayloadTypes types;
  private Continuity continuity;
  private int spatial = Integer.MAX_VALUE;
  private int temporal = Integer.MAX_VALUE;
  private int keyAt = NO_KEY;
  private long keySinceNanos;
  private boolean started;
  private long forgetAtNanos = Long.MAX_VALUE;
  private long switches;

  SourceSwitch(
      SenderConfig config,
      StreamLine line,
      PacketWriter writer,
      SentHistory sent,
      RequestLimit requestLimit) {
    this.config = config;
    this.line = line;
    this.timeline = line.timeline();
    this.continuity = line.continuity(Codec.OPUS);
    this.writer = writer;
    this.sent = sent;
    this.requestLimit = requestLimit;
  }

  /** As {@link RtpSender#switchTo}. */
  boolean switchTo(@Nullable MediaSource to, long nowNanos) {
    if (started) {
      forgetAtNanos = nowNanos + KEPT_NANOS;
    }
    started = false;
    writer.recall(nowNanos);
    writer.stop();
    requestLimit.reset();
    next = null;
    keyAt = NO_KEY;
    types = to == null ? null : config.payloadTypes().get(to.codec());
    source = types == null ? null : to;
    if (to == null || types == null) {
      forget();
      return to == null;
    }
    switches++;
    continuity = line.continuity(to.codec());
    continuity.extensions(to.extensions(), config.extensions());
    continuity.target(spatial, temporal);
    keep(to);
    to.requestKeyFrame(nowNanos);
    return true;
  }

  /** Does what is due: lets go of what was shown before, of which nothing followed. */
  void poll(long nowNanos) {
    if (nowNanos >= forgetAtNanos) {
      forget();
    }
  }

  /** When {@link #poll} has something to do, or {@code Long.MAX_VALUE}. */
  long nextDeadlineNanos() {
    return forgetAtNanos;
  }

  private void forget() {
    sent.clear();
    forgetAtNanos = Long.MAX_VALUE;
  }

  /** The history of a source; null when neither early packets nor answers are wanted from it. */
  private @Nullable PacketHistory keep(MediaSource of) {
    return of.codec() == Codec.OPUS && !config.nack() ? null : of.history();
  }

  /** As {@link RtpSender#turnTo}. */
  void turnTo(MediaSource layer, long nowNanos) {
    if (layer == (next == null ? source : next)) {
      if (!started
          || (next != null && keyAt < 0)) { // its key frame may have come and been of no use
        layer.requestKeyFrame(nowNanos);
      }
      return;
    }
    keyAt = NO_KEY;
    if (!started) {
      source = layer;
    }
    keep(layer);
    next = layer == source ? null : layer;
    if (next != null || !started) {
      layer.requestKeyFrame(nowNanos);
    }
  }

  /** As {@link RtpSender#layers}. */
  void layers(int spatial, int temporal, long nowNanos) {
    this.spatial = spatial;
    this.temporal = temporal;
    continuity.target(spatial, temporal);
    if (source != null && started && continuity.needsKeyFrame()) {
      source.requestKeyFrame(nowNanos);
    }
  }

  /** Takes a packet of any layer of the source. */
  void forward(MediaSource from, RtpPacket packet, boolean startsKeyFrame, long nowNanos) {
    MediaSource shown = source;
    PayloadTypes negotiated = types;
    if (shown == null || negotiated == null) {
      writer.drop();
    } else if (!started) {
      if (startsKeyFrame) { // As long as nothing is shown any layer's key frame will do.
        start(packet, from, shown, negotiated, nowNanos);
      }
    } else if (from == shown) {
      writer.write(packet, nowNanos);
      if (startsKeyFrame) {
        requestLimit.onKeyFrame(nowNanos);
      }
      turn(shown, negotiated, nowNanos);
    } else if (from == next) {
      if (startsKeyFrame && keyAt < 0) {
        keyAt = packet.sequence();
        keySinceNanos = nowNanos;
      }
      boolean full = keyAt >= 0 && ((packet.sequence() - keyAt) & 0xFFFF) >= EARLY / 2;
      keySinceNanos -= full ? SETTLE_NANOS : 0;
      turn(shown, negotiated, nowNanos);
    }
  }

  /**
   * Goes over to the next layer when its key frame has begun and the old one's last picture is
   * whole; for what is missing of that one only a short time is waited.
   */
  private void turn(MediaSource shown, PayloadTypes negotiated, long nowNanos) {
    MediaSource to = next;
    if (to == null
        || keyAt < 0
        || (!timeline.settled() && nowNanos - keySinceNanos < SETTLE_NANOS)) {
      return;
    }
    PacketHistory history = to.history();
    if (history.read(history.number(keyAt), early)) {
      timeline.cutOff();
      start(early, to, shown, negotiated, nowNanos);
    }
    keyAt = NO_KEY;
  }

  /** The first packet of a source, or of another layer of it, is there. */
  private void start(
      RtpPacket packet, MediaSource from, MediaSource shown, PayloadTypes to, long nowNanos) {
    int first = packet.sequence();
    writer.recall(nowNanos);
    int clockRate = from.codec().clockRate();
    if (started && shown.clock().known() && from.clock().known()) {
      long captured = from.clock().ntpNanosAt(packet.timestamp());
      long aligned = timeline.shift(shown.clock().rtpAt(captured));
      timeline.goOn(first, packet.timestamp(), aligned, clockRate, nowNanos);
    } else {
      timeline.start(first, packet.timestamp(), clockRate, nowNanos);
    }
    requestLimit.onKeyFrame(nowNanos);
    continuity.start();
    switches += started ? 1 : 0;
    next =
        started || from == shown ? null : shown; // The layer that was wanted is still waited for.
    source = from;
    started = true;
    forgetAtNanos = Long.MAX_VALUE;
    PacketHistory history = keep(from);
    writer.start(from, new Turn(history, continuity, to, timeline.shift(0)));
    sendParameterSets(packet, from, nowNanos);
    writer.write(packet, nowNanos);
    if (history != null) {
      catchUp(history, history.number(first), nowNanos);
    }
  }

  /** A key frame that came without its parameter sets is preceded by those that came before. */
  private void sendParameterSets(RtpPacket packet, MediaSource from, long nowNanos) {
    if (from.codec() == Codec.H264
        && !H264Depacketizer.hasParameterSets(
            packet.buffer(), packet.payloadOffset(), packet.payloadLength())) {
      byte[] sets = from.parameterSets();
      if (sets != null) {
        writer.writeParameterSets(sets, packet, nowNanos);
      }
    }
  }

  /** Sends what came before its key frame's first packet, lost at first or overtaken. */
  private void catchUp(PacketHistory history, int first, long nowNanos) {
    for (int i = 1; i < EARLY; i++) {
      if (history.read(first + i, early)) {
        writer.write(early, nowNanos);
      }
    }
  }

  @Nullable MediaSource source() {
    return source;
  }

  @Nullable MediaSource next() {
    return next;
  }

  boolean started() {
    return started;
  }

  /** What was negotiated for the source's codec; null while there is none. */
  @Nullable PayloadTypes types() {
    return types;
  }

  long switches() {
    return switches;
  }
}
