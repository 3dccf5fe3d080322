package dev.amphi.interactive.receive;

import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.rtp.HeaderExtensions;
import dev.amphi.interactive.rtp.MediaSource;
import dev.amphi.interactive.rtp.NtpAlignment;
import dev.amphi.interactive.rtp.PacketHistory;
import dev.amphi.interactive.rtp.RtcpPacket;
import dev.amphi.interactive.rtp.RtcpWriter;
import dev.amphi.interactive.rtp.RtpPacket;
import dev.amphi.interactive.rtp.StreamClock;
import dev.amphi.interactive.rtp.codec.Depacketizer;
import dev.amphi.interactive.rtp.codec.PictureSize;
import org.jspecify.annotations.Nullable;

/**
 * One published stream: its media SSRC and, where negotiated, the SSRC of its retransmissions (RFC
 * 4588). Each genuine packet is forwarded once, whole frames are handed over, what is missing is
 * asked for. Confined to the room's loop; call {@link #poll} at {@link #nextDeadlineNanos()}.
 */
public final class RtpReceiver implements MediaSource {
  private static final long INITIAL_ROUND_TRIP_NANOS = 100_000_000;
  private static final long VIDEO_NACK_AGE_NANOS = 1_000_000_000;
  private static final long AUDIO_NACK_AGE_NANOS = 150_000_000;

  /** Without NACK only reordering can fill a hole. */
  private static final long REORDER_PATIENCE_NANOS = 40_000_000;

  private static final int VIDEO_HISTORY = 1024;
  private static final int AUDIO_HISTORY = 128;

  private final ReceiverConfig config;
  private final ReceiverFeedback feedback;
  private final ReceiverOutput output;
  private final boolean video;
  private final StreamClock clock;
  private final ReceiverCounters counters = new ReceiverCounters();
  private final SequenceGate gate = new SequenceGate();
  private final RedUnpacker red = new RedUnpacker();
  private final ReceptionStatistics reception;
  private final Depacketizer depacketizer;
  private final NackGenerator nack;
  private final NackHandler missing = new Missing();
  private final KeyFrameDetector detector;
  private final KeyFrameRequester keyFrames = new KeyFrameRequester();
  private final WantedFrames frames;
  private @Nullable PacketHistory history;
  private long ssrc;
  private long rtxSsrc;
  private long nowNanos;

  /** A receiver that sends its requests to {@code feedback} and its media to {@code output}. */
  public RtpReceiver(
      ReceiverConfig config,
      NtpAlignment alignment,
      ReceiverFeedback feedback,
      ReceiverOutput output) {
    this.config = config;
    this.feedback = feedback;
    this.output = output;
    this.video = config.codec() != Codec.OPUS;
    this.ssrc = config.ssrc();
    this.rtxSsrc = config.rtxSsrc();
    this.clock = new StreamClock(config.codec().clockRate(), alignment);
    this.reception = new ReceptionStatistics(config.codec().clockRate());
    this.depacketizer = Depacketizer.of(config.codec());
    long nackAge = video ? VIDEO_NACK_AGE_NANOS : AUDIO_NACK_AGE_NANOS;
    this.nack = new NackGenerator(INITIAL_ROUND_TRIP_NANOS, nackAge);
    this.detector = new KeyFrameDetector(depacketizer);
    long patience = (config.nack() ? nackAge : 0) + REORDER_PATIENCE_NANOS;
    this.frames = new WantedFrames(depacketizer, video, patience, clock, keyFrames, output);
  }

  /** What was negotiated. */
  public ReceiverConfig config() {
    return config;
  }

  /** The media SSRC, or {@link ReceiverConfig#NONE} until it is known. */
  public long ssrc() {
    return ssrc;
  }

  /** The SSRC of retransmissions, or {@link ReceiverConfig#NONE} until it is known. */
  public long rtxSsrc() {
    return rtxSsrc;
  }

  /** Learns the media SSRC; another one than before is a new stream of the same section. */
  public void ssrc(long ssrc, long nowNanos) {
    this.nowNanos = nowNanos;
    if (this.ssrc != ReceiverConfig.NONE && this.ssrc != ssrc) {
      restart();
    }
    this.ssrc = ssrc;
  }

  /** Learns the SSRC of retransmissions. */
  public void rtxSsrc(long rtxSsrc) {
    this.rtxSsrc = rtxSsrc;
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

  @Override
  public byte @Nullable [] parameterSets() {
    return depacketizer.parameterSets();
  }

  @Override
  public PacketHistory history() {
    PacketHistory kept = history;
    if (kept == null) {
      kept = new PacketHistory(video ? VIDEO_HISTORY : AUDIO_HISTORY);
      history = kept;
    }
    return kept;
  }

  @Override
  public boolean shared() {
    return true;
  }

  @Override
  public boolean redundant() {
    return config.redPayloadType() != ReceiverConfig.NONE;
  }

  /**
   * Takes a packet of the media or the retransmission SSRC; false when it was dropped. A
   * retransmission is unwrapped in place.
   */
  public boolean onPacket(RtpPacket packet, long nowNanos) {
    this.nowNanos = nowNanos;
    boolean again = packet.payloadType() == config.rtxPayloadType();
    if (again && (ssrc < 0 || !packet.unwrapRetransmission(ssrc, config.payloadType()))) {
      return false; // a probe, or nothing yet that could be repaired
    }
    if (packet.payloadType() == config.redPayloadType() && red.wrap(packet, config.payloadType())) {
      recover(packet);
      red.unwrap(packet, config.payloadType());
    }
    if (packet.payloadType() != config.payloadType()) {
      counters.malformed++;
      return false;
    }
    long sequence = gate.number(packet.sequence());
    if (gate.tooOld(sequence)) {
      if (again || !gate.startsOver(packet.sequence())) {
        counters.duplicates++;
        return false;
      }
      restart();
      sequence = gate.number(packet.sequence());
    }
    if (!again && gate.cameByItself(sequence)) {
      reception.onPacket(sequence, packet.timestamp(), nowNanos);
    }
    if (!gate.pass(packet.sequence(), sequence)) {
      counters.duplicates++;
      return false;
    }
    counters.retransmitted += again ? 1 : 0;
    take(packet, sequence, again);
    return true;
  }

  /** Takes the earlier frames in a RED packet that did not come in packets of their own. */
  private void recover(RtpPacket packet) {
    for (int i = 0; i < red.earlier() && gate.started(); i++) {
      int number = red.sequence(i, packet);
      long sequence = gate.number(number);
      if (red.hasContent(i) && gate.pass(number, sequence)) {
        counters.recovered++;
        take(red.packet(i, packet, ssrc, config.payloadType()), sequence, true);
      }
    }
  }

  private void restart() {
    gate.reset();
    reception.reset();
    nack.reset();
    detector.restart();
    frames.restart();
    clock.reset();
    if (history != null) {
      history.restart();
    }
    output.restarted(nowNanos);
  }

  private void take(RtpPacket packet, long sequence, boolean again) {
    counters.packets++;
    counters.bytes += packet.length();
    if (config.nack()) {
      nack.onPacket(sequence, again, nowNanos, missing);
    }
    boolean keyStart = detector.startsKeyFrame(packet, sequence);
    if (keyStart) {
      keyFrames.onKeyFrame(nowNanos);
    }
    if (history != null) {
      history.put(packet, nowNanos);
    }
    output.forward(packet, keyStart, nowNanos);
    frames.onPacket(packet, sequence, keyStart, nowNanos);
  }

  /** The {@link PictureSize} of the newest key frame; of sound and before the first unknown. */
  public int pictureSize() {
    return detector.pictureSize();
  }

  /** Whether whole frames are wanted; when not, nothing is copied and no key frame asked for. */
  public void assemble(boolean wanted, long nowNanos) {
    frames.want(wanted);
  }

  /** Takes the publisher's report about this stream. */
  public void onSenderReport(RtcpPacket.SenderReport report, long nowNanos) {
    clock.onReport(report.ntp(), report.rtpTimestamp(), nowNanos);
  }

  /** Takes a round trip measured on this transport. */
  public void onRoundTrip(long roundTripNanos) {
    nack.onRoundTrip(roundTripNanos);
  }

  @Override
  public void requestKeyFrame(long nowNanos) {
    if (video) {
      keyFrames.request();
    }
  }

  /** The publisher, who let it rest, was told to send it again: it begins with a key frame. */
  public void resumed(long nowNanos) {
    keyFrames.asked(nowNanos);
  }

  /** Adds this stream's block to the report that was begun; false when there is nothing to say. */
  public boolean writeReportBlock(RtcpWriter writer, long nowNanos) {
    return ssrc >= 0 && reception.writeBlock(writer, ssrc, clock, nowNanos);
  }

  /** Sends what is due: NACKs, key frame requests, frames after a hole was given up. */
  public void poll(long nowNanos) {
    this.nowNanos = nowNanos;
    nack.poll(nowNanos, missing);
    frames.poll(nowNanos);
    if (ssrc >= 0 && keyFrames.poll(nowNanos)) {
      feedback.sendPictureLoss(ssrc);
    }
  }

  /** When {@link #poll} wants to be called next, or {@code Long.MAX_VALUE}. */
  public long nextDeadlineNanos() {
    long requests = ssrc >= 0 ? keyFrames.nextDeadlineNanos() : Long.MAX_VALUE;
    return Math.min(requests, Math.min(nack.nextDeadlineNanos(), frames.nextDeadlineNanos()));
  }

  /** The counters so far. */
  public ReceiverStats stats() {
    return counters.snapshot(reception, nack, frames, keyFrames);
  }

  /** What became of packets that did not come. */
  private final class Missing implements NackHandler {
    @Override
    public void nack(int[] missing, int count) {
      feedback.sendNack(ssrc, missing, count);
    }

    @Override
    public void givenUp(long sequence) {
      frames.onGivenUp(sequence, nowNanos);
    }
  }
}
