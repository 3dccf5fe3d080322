package dev.amphi.server.load;

import dev.amphi.composer.ffmpeg.FfmpegCodecs;
import dev.amphi.server.load.hls.Airing;
import dev.amphi.server.load.hls.Fetcher;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One run of the load generator: publishers come on stage, subscribers see them, the class goes
 * live, viewers watch, and what they met is reported. Blocks its thread.
 */
public final class LoadRun implements AutoCloseable {
  private static final long AIRING_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long LOOK_MILLIS = 200;
  private static final long SECOND_MILLIS = 1_000;

  private final LoadPlan plan;
  private final RoomTokens tokens;
  private final LoadProgress progress;
  private final HttpClient http = HttpClient.newHttpClient();
  private final FfmpegCodecs codecs = new FfmpegCodecs();
  private final Errors errors = new Errors();
  private final List<String> notes = new ArrayList<>();
  private final StageFloor stage;
  private final NodeApi api;
  private @Nullable Audience audience;
  private boolean made;
  private long mediaStartNanos;

  /** Prepares a run; loads FFmpeg into this process. */
  public LoadRun(LoadPlan plan, RoomTokens tokens, LoadProgress progress) {
    this.plan = plan;
    this.tokens = tokens;
    this.progress = progress;
    api = new NodeApi(http, plan.origin());
    stage = new StageFloor(plan, tokens, codecs, errors);
  }

  /** Makes the room and brings everybody in. */
  public void begin() throws LoadFailed, InterruptedException {
    String instructor = tokens.token("instructor", "load-desk", "Load desk");
    made = api.makeRoom(plan.room(), instructor);
    mediaStartNanos = System.nanoTime();
    if (plan.publishers() > 0) {
      progress.step("%d publishers come on stage …".formatted(plan.publishers()));
      stage.publish(notes);
    }
    if (plan.subscribers() > 0) {
      progress.step("%d subscribers join them …".formatted(plan.subscribers()));
      stage.subscribe();
    }
    if (plan.air() == LoadPlan.Air.YES || (made && plan.air() == LoadPlan.Air.WHEN_MADE)) {
      api.goLive(plan.room(), instructor);
    }
    if (plan.viewers() > 0) {
      watch();
    }
  }

  private void watch() throws InterruptedException {
    progress.step("%d viewers wait for the program …".formatted(plan.viewers()));
    long deadline = System.nanoTime() + AIRING_NANOS;
    Fetcher look = new Fetcher(http);
    while (!Airing.canStart(look, plan.playlist())) {
      if (System.nanoTime() - deadline > 0) {
        errors.add("the program at " + plan.playlist() + " holds no media after 30 s");
        return;
      }
      Thread.sleep(LOOK_MILLIS);
    }
    int watching = Math.min(plan.viewers(), LoadPlan.WATCHING);
    notes.add(
        "%d of the viewers decode the smallest rendition and read its clocks".formatted(watching));
    audience = Audience.seat(http, plan.playlist(), plan.viewers(), watching, codecs);
  }

  /** Lets the class go on for as long as the plan says, or until the thread is interrupted. */
  public void stay() throws InterruptedException {
    long end = System.nanoTime() + plan.duration().toNanos();
    for (long left = plan.duration().toNanos(); left > 0; left = end - System.nanoTime()) {
      progress.now(now(left));
      Thread.sleep(Math.min(SECOND_MILLIS, left / 1_000_000 + 1));
    }
    progress.endLine();
  }

  private String now(long leftNanos) {
    Audience seated = audience;
    return "%d publishers, %d subscribers, %d viewers playing, %d stalls, %d s left"
        .formatted(
            stage.publishing(),
            stage.subscribed(),
            seated == null ? 0 : seated.playing(),
            seated == null ? 0 : seated.stalls().count(),
            TimeUnit.NANOSECONDS.toSeconds(leftNanos));
  }

  /** What was measured until now. */
  public LoadReport report() {
    Audience seated = audience;
    LoadReport.Group none =
        new LoadReport.Group(
            plan.viewers(), 0, Distribution.Summary.NOTHING, Double.NaN, Double.NaN);
    LoadReport.Group viewers = seated == null ? none : seated.report(errors);
    double seconds = (System.nanoTime() - mediaStartNanos) / 1e9;
    return new LoadReport(
        plan.origin().toString(),
        plan.room(),
        seconds,
        stage.publisherReport(),
        stage.subscriberReport(),
        viewers,
        seated == null ? new LoadReport.Stalls(0, 0, 0) : seated.stalls(),
        stage.glassToGlass(),
        seated == null ? Distribution.Summary.NOTHING : seated.glassToGlass(),
        List.copyOf(notes),
        errors.sentences());
  }

  /** Deletes the room if this run made it. */
  public void removeRoom() throws LoadFailed, InterruptedException {
    if (made && plan.removeRoom()) {
      api.delete(plan.room(), tokens.token("instructor", "load-desk", "Load desk"));
    }
  }

  /** Everybody leaves. */
  @Override
  public void close() {
    if (audience != null) {
      audience.close();
    }
    stage.close();
    http.shutdownNow();
  }
}
