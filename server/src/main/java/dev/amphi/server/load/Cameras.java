package dev.amphi.server.load;

import dev.amphi.composer.ffmpeg.FfmpegCodecs;
import java.util.ArrayList;
import java.util.List;

/** The cameras of a run: one each for a few publishers, one for all where there are many. */
final class Cameras implements AutoCloseable {
  private final LoadPlan plan;
  private final FfmpegCodecs codecs;
  private final List<MediaSource> running = new ArrayList<>();

  Cameras(LoadPlan plan, FfmpegCodecs codecs) {
    this.plan = plan;
    this.codecs = codecs;
  }

  synchronized MediaSource of(int index, String name) {
    boolean shared = plan.publishers() > LoadPlan.OWN_CODERS;
    if (shared && !running.isEmpty()) {
      return running.getFirst();
    }
    SourceSpec spec =
        new SourceSpec(
            index,
            shared ? "Load" : name,
            plan.width(),
            plan.height(),
            plan.framesPerSecond(),
            plan.codec());
    MediaSource source = MediaSource.start(spec, codecs, MediaSource.Clocks.SYSTEM);
    running.add(source);
    return source;
  }

  @Override
  public synchronized void close() {
    running.forEach(MediaSource::close);
  }
}
