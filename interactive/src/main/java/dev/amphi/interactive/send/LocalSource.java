package dev.amphi.interactive.send;

import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.rtp.HeaderExtensions;
import dev.amphi.interactive.rtp.MediaSource;
import dev.amphi.interactive.rtp.StreamClock;

/** Frames made in this process, packetized for one {@link RtpSender}. */
public final class LocalSource implements MediaSource {
  private final Codec codec;
  private final StreamClock clock;
  private final Runnable keyFrameWanted;

  /** A source; {@code keyFrameWanted} is run when a receiver cannot decode. */
  public LocalSource(Codec codec, Runnable keyFrameWanted) {
    this.codec = codec;
    this.clock = new StreamClock(codec.clockRate());
    this.keyFrameWanted = keyFrameWanted;
  }

  @Override
  public Codec codec() {
    return codec;
  }

  @Override
  public HeaderExtensions extensions() {
    return HeaderExtensions.NONE;
  }

  @Override
  public StreamClock clock() {
    return clock;
  }

  @Override
  public void requestKeyFrame(long nowNanos) {
    keyFrameWanted.run();
  }

  /**
   * Sends one frame.
   *
   * @param frame one VP8 frame, one Opus packet or one H.264 access unit in Annex B form
   * @param timestamp in units of the codec's clock rate
   */
  public void send(
      RtpSender sender, byte[] frame, int offset, int length, long timestamp, long nowNanos) {}
}
