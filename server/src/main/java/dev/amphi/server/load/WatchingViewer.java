package dev.amphi.server.load;

import dev.amphi.composer.ffmpeg.FfmpegCodecs;
import dev.amphi.server.load.hls.HlsViewer;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A viewer's eyes: reads the clocks in what is on the screen, and how old they are then. */
final class WatchingViewer implements HlsViewer.Watching {
  /** Reads one picture in so many: five a second. */
  private static final int STRIDE = 6;

  private final FfmpegCodecs codecs;
  private final HlsViewer viewer;
  private final MediaSource.Clocks clocks;
  private final Distribution ageMillis;
  private @Nullable ClockWatch watch;

  WatchingViewer(
      FfmpegCodecs codecs, HlsViewer viewer, MediaSource.Clocks clocks, Distribution ageMillis) {
    this.codecs = codecs;
    this.viewer = viewer;
    this.clocks = clocks;
    this.ageMillis = ageMillis;
  }

  @Override
  public void format(ByteBuffer avcConfig) {
    ended();
    watch =
        new ClockWatch(
            codecs.h264Decoder(avcConfig),
            STRIDE,
            (found, ticks) -> found.forEach(clock -> viewer.mark(ticks, clock.millis())));
  }

  @Override
  public void sample(ByteBuffer data, long mediaNanos, boolean sync) {
    if (watch != null) {
      watch.decode(data, mediaNanos, sync);
    }
  }

  @Override
  public void ended() {
    if (watch != null) {
      watch.close();
      watch = null;
    }
  }

  @Override
  public void shown(long mark, long shownNanos) {
    long agoNanos = clocks.nanoTime().getAsLong() - shownNanos;
    long wallMillis = clocks.wallMillis().getAsLong() - agoNanos / 1_000_000;
    ageMillis.add((int) wallMillis - (int) mark);
  }
}
