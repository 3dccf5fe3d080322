package dev.amphi.interactive.client;

import dev.amphi.interactive.api.EncodedFrame;
import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.pipeline.MediaEndpoint;
import dev.amphi.interactive.receive.ReceiverConfig;
import dev.amphi.interactive.receive.ReceiverOutput;
import dev.amphi.interactive.receive.ReceiverStats;
import dev.amphi.interactive.receive.RtpReceiver;
import dev.amphi.interactive.rtp.RtpPacket;
import org.jspecify.annotations.Nullable;

/**
 * A slot at the receiving end. What it shows may change its codec; the receiver, which knows one,
 * is then replaced by one for the other.
 */
final class ClientSlot implements ReceiverOutput {
  private static final long FREEZE_NANOS = 500_000_000L;
  private static final long NEVER = -1;

  private final ClientSection section;
  private final AnswerReader.Answered answered;
  private final MediaEndpoint endpoint;
  private final FrameSink frames;
  private RtpReceiver receiver;
  private Codec codec;
  private String trackId = "";
  private Counts before = Counts.ZERO;
  private long freezes;
  private long frozenNanos;
  private long firstPacketNanos = NEVER;
  private long firstFrameNanos = NEVER;
  private long lastFrameNanos = NEVER;

  /** Takes whole frames. */
  interface FrameSink {
    void frame(String mid, String trackId, Codec codec, EncodedFrame frame);
  }

  /** What earlier receivers of this slot counted. */
  private record Counts(long packets, long bytes, long lost, long frames, long keyFrames) {
    static final Counts ZERO = new Counts(0, 0, 0, 0, 0);

    Counts plus(ReceiverStats stats) {
      return new Counts(
          packets + stats.packets(),
          bytes + stats.bytes(),
          lost + stats.givenUp(),
          frames + stats.frames(),
          keyFrames + stats.keyFrames());
    }
  }

  ClientSlot(
      ClientSection section,
      AnswerReader.Answered answered,
      MediaEndpoint endpoint,
      FrameSink frames) {
    this.section = section;
    this.answered = answered;
    this.endpoint = endpoint;
    this.frames = frames;
    this.codec = section.codecs().getFirst();
    this.receiver = endpoint.receive(config(codec), this);
  }

  private ReceiverConfig config(Codec taken) {
    boolean video = taken != Codec.OPUS;
    return new ReceiverConfig(
        section.mid(),
        taken,
        ClientFormats.payloadType(taken),
        ClientFormats.rtxPayloadType(taken),
        answered.ssrc(),
        answered.rtxSsrc(),
        video,
        ClientFormats.EXTENSIONS);
  }

  String mid() {
    return section.mid();
  }

  boolean video() {
    return section.video();
  }

  long ssrc() {
    return answered.ssrc();
  }

  String trackId() {
    return trackId;
  }

  void show(@Nullable String track) {
    trackId = track == null ? "" : track;
    lastFrameNanos = NEVER;
  }

  /**
   * Looks at a packet of this slot before the endpoint does: a new codec needs another receiver.
   */
  void before(int payloadType, long nowNanos) {
    if (firstPacketNanos == NEVER) {
      firstPacketNanos = nowNanos;
    }
    if (payloadType == ClientFormats.payloadType(codec)) {
      return;
    }
    for (Codec other : section.codecs()) {
      if (payloadType == ClientFormats.payloadType(other)) {
        before = before.plus(receiver.stats());
        endpoint.remove(receiver);
        codec = other;
        receiver = endpoint.receive(config(other), this);
        return;
      }
    }
  }

  @Override
  public void forward(RtpPacket packet, boolean startsKeyFrame, long nowNanos) {
    // Nobody stands behind a client.
  }

  @Override
  public void frame(EncodedFrame frame) {
    long nowNanos = frame.arrivalNanos();
    if (firstFrameNanos == NEVER) {
      firstFrameNanos = nowNanos;
    }
    if (lastFrameNanos != NEVER && nowNanos - lastFrameNanos > FREEZE_NANOS) {
      freezes++;
      frozenNanos += nowNanos - lastFrameNanos;
    }
    lastFrameNanos = nowNanos;
    frames.frame(section.mid(), trackId, codec, frame);
  }

  SlotStats stats() {
    Counts all = before.plus(receiver.stats());
    return new SlotStats(
        section.mid(),
        section.video(),
        trackId,
        all.packets(),
        all.bytes(),
        all.lost(),
        all.frames(),
        all.keyFrames(),
        freezes,
        frozenNanos,
        firstPacketNanos,
        firstFrameNanos);
  }
}
