package dev.amphi.server.load.composer;

import dev.amphi.composer.ffmpeg.FfmpegProgram;
import dev.amphi.composer.process.ChildCommand;
import dev.amphi.composer.process.ProcessComposer;
import dev.amphi.server.load.LoadFailed;
import dev.amphi.server.load.LoadProgress;
import dev.amphi.server.load.Machine;
import dev.amphi.server.load.ProcessUsage;
import dev.amphi.server.load.ThreadUsage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Measures all contestants in turn (A B C A B C …) on each case. */
public final class ComposerBench {
  private final ComposerPlan plan;
  private final LoadProgress progress;
  private final List<ComposerSample> samples = new ArrayList<>();
  private final Set<String> commands = new LinkedHashSet<>();
  private final Set<String> notes = new LinkedHashSet<>();
  private final List<ProcessComposer> others = new ArrayList<>();

  public ComposerBench(ComposerPlan plan, LoadProgress progress) {
    this.plan = plan;
    this.progress = progress;
  }

  /** Measures; takes rounds times a little more than the seconds of a measurement, for each. */
  public ComposerReport run() throws LoadFailed, InterruptedException, IOException {
    String busyBefore = Machine.loadAverage();
    Path folder = Files.createTempDirectory("amphi-composer");
    try (ProcessComposer composer = composer("")) {
      progress.step("coding the sources …");
      BenchScenes scenes = new BenchScenes(folder, plan.fileSeconds());
      List<Contestant> contestants = contestants(composer);
      List<String> versions = new ArrayList<>();
      for (Contestant one : contestants) {
        versions.add(one.name() + ": " + one.version());
      }
      OwnCases own = new OwnCases(plan, progress, scenes, composer);
      for (ComposerPlan.Case of : plan.cases()) {
        if (of.compared()) {
          measure(scenes.of(of), contestants);
        } else {
          own.measure(of);
        }
      }
      return new ComposerReport(
          versions,
          List.of(
              Machine.text(),
              "load average " + busyBefore + " before, " + Machine.loadAverage() + " after"),
          samples,
          own.figures(),
          List.copyOf(commands),
          List.copyOf(notes));
    } finally {
      others.forEach(ProcessComposer::close);
      delete(folder);
    }
  }

  /** A composer whose children have more options for their Java machine. */
  private static ProcessComposer composer(String options) {
    ChildCommand command = ChildCommand.likeThisProcess();
    for (String option : options.isEmpty() ? List.<String>of() : List.of(options.split(" ", -1))) {
      command = command.with(option);
    }
    return new ProcessComposer(command, System::nanoTime, CodedProgram::now);
  }

  private List<Contestant> contestants(ProcessComposer composer) {
    List<Contestant> wanted = new ArrayList<>();
    if (plan.only().contains("amphi")) {
      wanted.add(new AmphiContestant(composer));
      for (String options : plan.java()) {
        ProcessComposer other = composer(options);
        others.add(other);
        wanted.add(AmphiContestant.with(other, options));
      }
    }
    if (plan.only().contains("ffmpeg")) {
      wanted.add(ffmpeg("FFmpeg", "ffmpeg"));
    }
    if (plan.only().contains("preset")) {
      wanted.add(ffmpeg("FFmpeg preset", FfmpegProgram.path().toString()));
    }
    if (plan.only().contains("gstreamer")) {
      List<String> version = List.of("gst-launch-1.0", "--version");
      wanted.add(new PeerProgram("GStreamer", version, GstCommand::of));
    }
    return wanted;
  }

  private static Contestant ffmpeg(String name, String program) {
    List<String> version = List.of(program, "-version");
    return new PeerProgram(name, version, scene -> FfmpegCommand.of(program, scene));
  }

  private void measure(BenchScene scene, List<Contestant> contestants)
      throws LoadFailed, InterruptedException, IOException {
    boolean floored = plan.only().contains("floor") && scene.renditions().size() == 1;
    Floor floor = floored ? new Floor(scene) : null;
    for (int round = 0; round < plan.rounds(); round++) {
      for (Contestant one : contestants) {
        if (one instanceof PeerProgram peer) {
          commands.add(scene.of().id() + ": " + String.join(" ", peer.command().apply(scene)));
        }
        add(measure(scene, one, round));
      }
      if (floor != null) {
        Floor.Cost cost = floor.measure(plan.seconds());
        notes.add(
            String.format(
                Locale.ROOT,
                "floor of %s, round %d: decode %.3f, encode %.3f",
                scene.of().id(),
                round + 1,
                cost.decode(),
                cost.encode()));
        add(
            new ComposerSample(
                scene.of(),
                ComposerSample.FLOOR,
                round,
                cost.both(),
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                ""));
      }
    }
    if (floor != null) {
      floor.close();
    }
  }

  private void add(ComposerSample sample) {
    samples.add(sample);
    progress.step(
        String.format(
            Locale.ROOT,
            "%s, %s, round %d of %d: %.3f CPU-s/s, %.0f MiB, %.0f kbit/s, speed %.2f, %.1f pictures/s",
            sample.of().id(),
            sample.who(),
            sample.round() + 1,
            plan.rounds(),
            sample.cpu(),
            sample.residentMib(),
            sample.kbps(),
            sample.speed(),
            sample.pictures()));
  }

  private ComposerSample measure(BenchScene scene, Contestant one, int round)
      throws LoadFailed, InterruptedException, IOException {
    try (Contestant.Running running = one.start(scene)) {
      running.reach(one.name(), 1);
      running.reach(one.name(), (long) plan.settle() * BenchScene.FRAMES_PER_SECOND);
      long startNanos = System.nanoTime();
      ThreadUsage threads = ThreadUsage.of(running.pid());
      ProcessUsage before = running.usage(one.name());
      long frames = running.frames();
      long pictures = running.pictures();
      long bytes = running.bytes();
      Thread.sleep(TimeUnit.SECONDS.toMillis(plan.seconds()));
      ProcessUsage after = running.usage(one.name());
      double clock = (System.nanoTime() - startNanos) / 1e9;
      double program = (running.frames() - frames) / (double) BenchScene.FRAMES_PER_SECOND;
      if (program <= 0) {
        throw new LoadFailed(one.name() + " made no picture while it was measured.");
      }
      notes.add(
          "threads of %s in %s, round %d: %s"
              .formatted(
                  one.name(),
                  scene.of().id(),
                  round + 1,
                  ThreadUsage.of(running.pid()).since(threads, program)));
      return new ComposerSample(
          scene.of(),
          one.name(),
          round,
          (after.cpuSeconds() - before.cpuSeconds()) / program,
          after.residentMib(),
          (running.bytes() - bytes) * 8 / program / 1_000,
          program / clock,
          (running.pictures() - pictures) / program,
          running.settings());
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
