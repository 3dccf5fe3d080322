package dev.amphi.composer.composition;

import java.nio.ByteBuffer;

/** Takes what a program makes; called from several threads, so it is thread-safe. */
public interface ProgramOutput {
  /** A rendition's coding; comes before its samples. */
  void format(
      String renditionId, boolean video, int width, int height, ByteBuffer config, int timescale);

  /** One coded access unit; the payload is valid during the call. */
  void sample(
      String renditionId, ByteBuffer payload, long timeTicks, int durationTicks, boolean sync);

  /** A source can only be decoded again from a key frame on. */
  void keyFrameWanted(String sourceId);
}
