package dev.amphi.interactive.room;

import dev.amphi.interactive.api.EncodedFrame;
import dev.amphi.interactive.receive.LayerMeter;
import dev.amphi.interactive.receive.ReceiverOutput;
import dev.amphi.interactive.receive.RtpReceiver;
import dev.amphi.interactive.rtp.RtpPacket;
import dev.amphi.interactive.rtp.codec.LayerReader;
import dev.amphi.interactive.rtp.codec.PictureSize;
import java.util.function.Function;

/** One stream of a published source: all of it, or one layer of its simulcast. */
final class Encoding implements ReceiverOutput {
  /** Whoever was silent must send so long again before it counts as live. */
  private static final long STEADY_NANOS = 500_000_000;

  /** How long is waited for an encoding that rested and was asked for again. */
  private static final long RESUMED_NANOS = 2_000_000_000L;

  private final MediaTrack track;
  private final int rank;
  private final RtpReceiver receiver;
  private final LayerMeter meter = new LayerMeter();
  private final LayerReader layers;
  private int size = PictureSize.UNKNOWN;
  private final int[] inside = new int[LayerMeter.SPATIAL];
  private boolean heard;
  private boolean stopped;
  private long lastNanos;
  private long steadySinceNanos;
  private long expectedUntilNanos = Long.MIN_VALUE;

  /**
   * An encoding of a track.
   *
   * @param rank by its name, the larger the better, as long as sizes are unknown
   * @param open begins to receive it
   */
  Encoding(MediaTrack track, int rank, Function<ReceiverOutput, RtpReceiver> open) {
    this.track = track;
    this.rank = rank;
    this.receiver = open.apply(this);
    this.layers = new LayerReader(receiver.codec(), receiver.extensions());
  }

  /** The layer's name in the SDP, or "" when there is one encoding only. */
  String rid() {
    return receiver.config().rid();
  }

  RtpReceiver receiver() {
    return receiver;
  }

  /** The {@link PictureSize} of its newest key frame. */
  int size() {
    return size;
  }

  /** The {@link PictureSize} of one of the layers inside it. */
  int size(int spatial) {
    boolean top = spatial == meter.spatials() - 1;
    return inside[spatial] != PictureSize.UNKNOWN || !top ? inside[spatial] : size;
  }

  /** What its layers cost. */
  LayerMeter meter() {
    return meter;
  }

  /** When its newest packet came; meaningless before the first. */
  long lastNanos() {
    return lastNanos;
  }

  boolean heard() {
    return heard;
  }

  /** Whether media comes on it. */
  boolean live() {
    return heard && !stopped;
  }

  /** Notes that its publisher does not send it any more, although it sends others. */
  void stop() {
    stopped = true;
  }

  /** Its publisher, who let it rest, was asked for it: it counts from its first packet on. */
  void expect(long nowNanos) {
    if (heard && stopped) {
      expectedUntilNanos = nowNanos + RESUMED_NANOS;
      receiver.resumed(nowNanos);
    }
  }

  /** Whether it was asked for again and has not come yet. */
  boolean expected(long nowNanos) {
    return stopped && nowNanos < expectedUntilNanos;
  }

  /** Which of two encodings is the better: by size, as soon as both are known. */
  static int compare(Encoding a, Encoding b) {
    boolean sized = a.size != PictureSize.UNKNOWN && b.size != PictureSize.UNKNOWN;
    int bySize = sized ? Long.compare(PictureSize.area(a.size), PictureSize.area(b.size)) : 0;
    return bySize != 0 ? bySize : Integer.compare(a.rank, b.rank);
  }

  @Override
  public void forward(RtpPacket packet, boolean startsKeyFrame, long nowNanos) {
    layers.read(packet);
    meter.add(layers.spatial(), layers.temporal(), packet.length(), nowNanos);
    boolean first = !heard;
    if (expected(nowNanos)) {
      stopped = false;
    } else if (stopped) {
      boolean gap = nowNanos - lastNanos > Encodings.SILENT_NANOS;
      steadySinceNanos = gap ? nowNanos : steadySinceNanos;
      stopped = nowNanos - steadySinceNanos < STEADY_NANOS;
    }
    heard = true;
    lastNanos = nowNanos;
    boolean resized = startsKeyFrame && size != receiver.pictureSize();
    size = receiver.pictureSize();
    for (int layer = 0; startsKeyFrame && layer < inside.length; layer++) {
      inside[layer] = layers.size(layer);
    }
    if (first || resized) {
      track.sort(nowNanos);
    }
    track.forward(this, packet, startsKeyFrame, nowNanos);
  }

  @Override
  public void frame(EncodedFrame frame) {
    track.frame(this, frame);
  }

  @Override
  public void restarted(long nowNanos) {
    track.restarted(this, nowNanos);
  }
}
