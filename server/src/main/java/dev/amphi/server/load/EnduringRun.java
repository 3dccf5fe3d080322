package dev.amphi.server.load;

import dev.amphi.composer.ffmpeg.FfmpegCodecs;
import dev.amphi.server.load.hls.Fetcher;
import dev.amphi.server.load.hls.HlsViewer;
import dev.amphi.server.load.hls.ViewerReport;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A class that goes on day and night: the first publisher teaches and stays, the others come,
 * speak, chat and go; who fails comes again. A node that was away is joined again, its room made
 * again.
 */
public final class EnduringRun implements AutoCloseable {
  private static final long END_MILLIS = 5_000;

  private final LoadPlan plan;
  private final RoomTokens tokens;
  private final long reportMillis;
  private final HttpClient http = HttpClient.newHttpClient();
  private final FfmpegCodecs codecs = new FfmpegCodecs();
  private final NodeApi api;
  private final StageLine line;
  private final Cameras cameras;
  private final Minutes minutes;
  private final List<Thread> regulars = new ArrayList<>();
  private volatile boolean made;
  private volatile boolean ended;

  /**
   * @param plan its duration does not matter
   * @param reportSeconds between two reports
   */
  public EnduringRun(LoadPlan plan, RoomTokens tokens, int reportSeconds) {
    this.plan = plan;
    this.tokens = tokens;
    this.reportMillis = TimeUnit.SECONDS.toMillis(reportSeconds);
    api = new NodeApi(http, plan.origin());
    line = new StageLine(plan.origin(), plan.room());
    cameras = new Cameras(plan, codecs);
    minutes = new Minutes(plan);
  }

  /** Goes on until {@link #close}, and hands over a line now and then. */
  public void run(Consumer<String> lines, boolean json) throws InterruptedException {
    for (int i = 0; i < plan.publishers(); i++) {
      int index = i;
      Regular.Habit habit = i == 0 ? Regular.Habit.TEACHES : Regular.Habit.COMES_AND_GOES;
      start("publisher-" + i, () -> publish(index), habit, minutes.publishers());
    }
    for (int i = 0; i < plan.subscribers(); i++) {
      int index = i;
      start(
          "subscriber-" + i,
          () -> subscribe(index),
          Regular.Habit.COMES_AND_GOES,
          minutes.subscribers());
    }
    for (int i = 0; i < plan.viewers(); i++) {
      start("viewer-" + i, this::watch, Regular.Habit.COMES_AND_GOES, minutes.viewers());
    }
    while (!ended) {
      Thread.sleep(reportMillis);
      MinuteReport report = minutes.report(Clock.systemUTC().instant());
      lines.accept(json ? report.json() : report.line());
    }
  }

  private void start(
      String name, Regular.Coming coming, Regular.Habit habit, Regular.Attendance attendance) {
    Regular regular =
        new Regular(coming, habit, attendance, new SplittableRandom(), Thread::sleep, () -> ended);
    regulars.add(Thread.ofVirtual().name(name).start(regular));
  }

  private Regular.Stay publish(int index) throws LoadFailed, InterruptedException {
    String desk = tokens.token("instructor", "load-desk", "Load desk");
    if (index == 0) {
      boolean first = api.makeRoom(plan.room(), desk);
      made |= first;
      if (plan.air() == LoadPlan.Air.YES || (first && plan.air() == LoadPlan.Air.WHEN_MADE)) {
        api.goLive(plan.room(), desk);
      }
    }
    String name = (index == 0 ? "Teacher " : "Student ") + index;
    String token = tokens.token(index == 0 ? "instructor" : "student", "load-p" + index, name);
    StageParticipant in =
        StageParticipant.publish(line, token, cameras.of(index, name), plan.codec());
    return stay(in, () -> {});
  }

  private Regular.Stay subscribe(int index) throws LoadFailed, InterruptedException {
    String token = tokens.token("student", "load-s" + index, "Guest " + index);
    StageEyes eyes = index == 0 ? StageEyes.open(codecs, minutes.glassToGlass) : StageEyes.closed();
    int sources = Math.max(1, plan.publishers());
    StageParticipant in = StageParticipant.subscribe(line, token, sources, eyes);
    in.say("Guest " + index + " is here.");
    minutes.receives(in);
    return stay(in, () -> minutes.leaves(in));
  }

  private static Regular.Stay stay(StageParticipant in, Runnable leaving) {
    return new Regular.Stay() {
      @Override
      public String await(long millis) throws InterruptedException {
        return in.awaitEnd(millis);
      }

      @Override
      public void close() {
        leaving.run();
        in.close();
      }
    };
  }

  private Regular.Stay watch() {
    HlsViewer viewer = new HlsViewer(new Fetcher(http), plan.playlist(), System::nanoTime);
    viewer.start();
    return new Regular.Stay() {
      @Override
      public String await(long millis) throws InterruptedException {
        Thread.sleep(millis);
        ViewerReport report = viewer.report();
        return report.played() ? "" : "nothing to see; " + report.lastError();
      }

      @Override
      public void close() {
        viewer.close();
      }
    };
  }

  /** Everybody leaves; a room that this run made is deleted if the plan says so. */
  @Override
  public void close() throws LoadFailed {
    if (ended) {
      return;
    }
    ended = true;
    try {
      regulars.forEach(Thread::interrupt);
      for (Thread regular : regulars) {
        regular.join(END_MILLIS);
      }
      if (made && plan.removeRoom()) {
        api.delete(plan.room(), tokens.token("instructor", "load-desk", "Load desk"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    cameras.close();
    line.close();
    http.shutdownNow();
  }
}
