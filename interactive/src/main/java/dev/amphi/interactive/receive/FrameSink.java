package dev.amphi.interactive.receive;

import dev.amphi.interactive.rtp.codec.FrameBuffer;

/** What a {@link FrameAssembler} finds. */
interface FrameSink {
  /** A whole frame that a decoder which got all before can decode. */
  void frame(FrameBuffer frame, long timestampTicks, long arrivalNanos, boolean keyFrame);

  /** Nothing can be decoded until the next key frame. */
  void keyFrameNeeded();
}
