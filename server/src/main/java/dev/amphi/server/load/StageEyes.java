package dev.amphi.server.load;

import dev.amphi.composer.ffmpeg.FfmpegCodecs;
import dev.amphi.interactive.api.EncodedFrame;
import dev.amphi.interactive.api.TrackView;
import dev.amphi.server.load.source.ClockReading;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a subscriber looks at one received picture: decodes it and measures its age, or does not. The
 * age is taken when the picture is decoded; a browser's jitter buffer and display come on top.
 */
final class StageEyes {
  /** Reads one picture in so many. */
  private static final int STRIDE = 3;

  private final @Nullable FfmpegCodecs codecs;
  private final Distribution ageMillis;
  private @Nullable ClockWatch watch;

  private StageEyes(@Nullable FfmpegCodecs codecs, Distribution ageMillis) {
    this.codecs = codecs;
    this.ageMillis = ageMillis;
  }

  static StageEyes open(FfmpegCodecs codecs, Distribution ageMillis) {
    return new StageEyes(codecs, ageMillis);
  }

  static StageEyes closed() {
    return new StageEyes(null, new Distribution());
  }

  boolean areOpen() {
    return codecs != null;
  }

  /** Eyes for one more track, with a decoder of their own. */
  StageEyes another() {
    return new StageEyes(codecs, ageMillis);
  }

  /** Looks at a frame of video; gives false when a key frame is needed. */
  boolean look(TrackView.Codec codec, EncodedFrame frame) {
    FfmpegCodecs decoders = codecs;
    if (decoders == null) {
      return true;
    }
    ClockWatch own = watch;
    if (own == null) {
      own =
          new ClockWatch(
              codec == TrackView.Codec.H264 ? decoders.h264Decoder() : decoders.vp8Decoder(),
              STRIDE,
              (clocks, ticks) -> note(clocks));
      watch = own;
    }
    return own.decode(frame.payload(), frame.timestampTicks(), frame.keyFrame());
  }

  private void note(List<ClockReading> clocks) {
    long now = System.currentTimeMillis();
    clocks.forEach(clock -> ageMillis.add(clock.ageMillis(now)));
  }

  void close() {
    ClockWatch own = watch;
    if (own != null) {
      own.close();
      watch = null;
    }
  }
}
