package dev.amphi.server.load;

import dev.amphi.composer.codec.VideoEncoding;
import dev.amphi.interactive.api.TrackView;

/**
 * What a synthetic participant looks and sounds like, and how it is coded.
 *
 * @param index chooses colours and voice
 * @param codec VP8 or H264
 */
public record SourceSpec(
    int index, String name, int width, int height, int framesPerSecond, TrackView.Codec codec) {
  private static final int KEY_FRAME_SECONDS = 20;

  /** Bits that a pixel of a frame gets: 0.09 looks well on drawings and keeps the clock legible. */
  private static final double BITS_PER_PIXEL = 0.09;

  static final int AUDIO_BITRATE_BPS = 32_000;

  /** Key frames come when asked for, and else every twenty seconds. */
  VideoEncoding encoding() {
    return new VideoEncoding(
        width,
        height,
        framesPerSecond,
        KEY_FRAME_SECONDS * framesPerSecond,
        (int) (BITS_PER_PIXEL * width * height * framesPerSecond));
  }
}
