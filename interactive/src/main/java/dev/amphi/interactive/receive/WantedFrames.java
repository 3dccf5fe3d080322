package dev.amphi.interactive.receive;

import dev.amphi.interactive.api.EncodedFrame;
import dev.amphi.interactive.rtp.RtpPacket;
import dev.amphi.interactive.rtp.StreamClock;
import dev.amphi.interactive.rtp.TimestampUnwrapper;
import dev.amphi.interactive.rtp.codec.Depacketizer;
import dev.amphi.interactive.rtp.codec.FrameBuffer;

/** The whole frames of a stream with their times, as long as somebody wants them. */
final class WantedFrames implements FrameSink {
  private static final int VIDEO_SLOTS = 1024;
  private static final int AUDIO_SLOTS = 64;

  private final boolean video;
  private final StreamClock clock;
  private final KeyFrameRequester keyFrames;
  private final ReceiverOutput output;
  private final FrameAssembler assembler;
  private TimestampUnwrapper timestamps = new TimestampUnwrapper();
  private boolean wanted = true;

  /**
   * @param patienceNanos how long a hole is waited for when nobody gives it up before
   */
  WantedFrames(
      Depacketizer depacketizer,
      boolean video,
      long patienceNanos,
      StreamClock clock,
      KeyFrameRequester keyFrames,
      ReceiverOutput output) {
    this.video = video;
    this.clock = clock;
    this.keyFrames = keyFrames;
    this.output = output;
    int slots = video ? VIDEO_SLOTS : AUDIO_SLOTS;
    this.assembler = new FrameAssembler(depacketizer, video, patienceNanos, slots, this);
  }

  /** Whether frames are wanted; when not, nothing is copied and no key frame asked for. */
  void want(boolean now) {
    if (wanted != now) {
      wanted = now;
      assembler.reset();
      if (now) {
        keyFrameNeeded();
      }
    }
  }

  /** Takes a packet, in any order, each once; {@code sequence} is its number unwrapped. */
  void onPacket(RtpPacket packet, long sequence, boolean keyStart, long nowNanos) {
    if (wanted) {
      assembler.onPacket(
          sequence,
          packet.buffer(),
          packet.payloadOffset(),
          packet.payloadLength(),
          timestamps.unwrap(packet.timestamp()),
          packet.marker(),
          keyStart,
          nowNanos);
    }
  }

  /** A packet will not come any more. */
  void onGivenUp(long sequence, long nowNanos) {
    assembler.onGivenUp(sequence, nowNanos);
  }

  /** The source has started over. */
  void restart() {
    assembler.reset();
    timestamps = new TimestampUnwrapper();
  }

  void poll(long nowNanos) {
    assembler.poll(nowNanos);
  }

  long nextDeadlineNanos() {
    return assembler.nextDeadlineNanos();
  }

  @Override
  public void frame(FrameBuffer frame, long timestampTicks, long arrivalNanos, boolean keyFrame) {
    long captureNtpNanos = clock.ntpNanosAt(timestampTicks);
    output.frame(
        new EncodedFrame(frame.view(), timestampTicks, arrivalNanos, captureNtpNanos, keyFrame));
  }

  @Override
  public void keyFrameNeeded() {
    if (video) {
      keyFrames.request();
    }
  }

  /** Frames handed over. */
  long frames() {
    return assembler.frames();
  }

  /** Frames given up. */
  long dropped() {
    return assembler.dropped();
  }

  /** Key frames handed over. */
  long keyFrames() {
    return assembler.keyFrames();
  }
}
