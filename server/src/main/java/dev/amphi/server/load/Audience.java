package dev.amphi.server.load;

import dev.amphi.composer.ffmpeg.FfmpegCodecs;
import dev.amphi.server.load.hls.Fetcher;
import dev.amphi.server.load.hls.HlsViewer;
import dev.amphi.server.load.hls.ViewerReport;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;

/** The viewers of a run: many who play, and a few of them who also look at the clock. */
final class Audience implements AutoCloseable {
  private final List<HlsViewer> viewers = new ArrayList<>();
  private final Distribution glassToGlass = new Distribution();
  private final Fetcher fetcher;
  private final int asked;
  private final long startedNanos = System.nanoTime();

  private Audience(HttpClient http, int asked) {
    fetcher = new Fetcher(http);
    this.asked = asked;
  }

  /** Lets viewers come, evenly over a second. */
  static Audience seat(HttpClient http, URI playlist, int count, int watching, FfmpegCodecs codecs)
      throws InterruptedException {
    Audience audience = new Audience(http, count);
    for (int i = 0; i < count; i++) {
      HlsViewer viewer = new HlsViewer(audience.fetcher, playlist, System::nanoTime);
      audience.viewers.add(viewer);
      if (i < watching) {
        viewer.start(
            new WatchingViewer(codecs, viewer, MediaSource.Clocks.SYSTEM, audience.glassToGlass));
      } else {
        viewer.start();
      }
      Thread.sleep(1_000 / count);
    }
    return audience;
  }

  LoadReport.Group report(Errors errors) {
    double seconds = (System.nanoTime() - startedNanos) / 1e9;
    Distribution startup = new Distribution();
    for (HlsViewer viewer : viewers) {
      ViewerReport report = viewer.report();
      if (report.played()) {
        startup.add(report.startupNanos() / 1e6);
      }
      if (!report.lastError().isEmpty()) {
        errors.add("viewer: " + report.lastError());
      }
    }
    Distribution.Summary summary = startup.summary();
    return new LoadReport.Group(
        asked, summary.count(), summary, Double.NaN, fetcher.bytes() * 8 / 1e3 / seconds);
  }

  LoadReport.Stalls stalls() {
    int count = 0;
    int stalled = 0;
    double seconds = 0;
    for (HlsViewer viewer : viewers) {
      ViewerReport report = viewer.report();
      count += report.stalls();
      seconds += report.stalledNanos() / 1e9;
      stalled += report.stalls() > 0 ? 1 : 0;
    }
    return new LoadReport.Stalls(count, seconds, stalled);
  }

  int playing() {
    return (int) viewers.stream().filter(viewer -> viewer.report().played()).count();
  }

  Distribution.Summary glassToGlass() {
    return glassToGlass.summary();
  }

  @Override
  public void close() {
    viewers.forEach(HlsViewer::close);
  }
}
