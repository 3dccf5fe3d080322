package dev.amphi.composer.composition;

import dev.amphi.composer.api.SourceSpec;
import dev.amphi.composer.codec.AudioDecoder;
import dev.amphi.composer.codec.AudioEncoder;
import dev.amphi.composer.codec.JpegEncoder;
import dev.amphi.composer.codec.PictureScaler;
import dev.amphi.composer.codec.VideoDecoder;
import dev.amphi.composer.codec.VideoEncoder;
import dev.amphi.composer.codec.VideoEncoding;
import dev.amphi.composer.layout.Canvas;
import dev.amphi.composer.scene.Compositor;
import dev.amphi.composer.scene.Lettering;
import java.util.Optional;

/** Makes what a program needs to decode, draw and encode. */
public interface ProgramCodecs {
  /** A decoder for VP8, or for H.264 with parameter sets in band. */
  VideoDecoder videoDecoder(SourceSpec.Codec codec);

  /** A decoder for Opus packets. */
  AudioDecoder opusDecoder();

  /** The encoder of a rendition's picture. */
  VideoEncoder h264Encoder(VideoEncoding encoding);

  /**
   * As {@link #h264Encoder}, but one that looks for less; the same where there is none. With the
   * same parameter sets one may go on where the other was, at an IDR.
   */
  default VideoEncoder quickH264Encoder(VideoEncoding encoding) {
    return h264Encoder(encoding);
  }

  /** The encoder of the program's sound. */
  AudioEncoder aacEncoder(int bitrateBps);

  /** The encoder of the program's sound for those who watch in real time. */
  AudioEncoder opusEncoder(int bitrateBps);

  /** What draws the canvas. */
  Compositor compositor(Canvas canvas, Lettering lettering);

  /** What makes smaller copies of the canvas. */
  PictureScaler scaler(int width, int height);

  /** What makes JPEGs of that size of pictures; empty where there is none. */
  default Optional<JpegEncoder> jpegEncoder(int width, int height) {
    return Optional.empty();
  }
}
