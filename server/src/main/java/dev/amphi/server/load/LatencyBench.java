package dev.amphi.server.load;

import dev.amphi.interactive.api.TrackView;
import dev.amphi.server.token.DevelopmentKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A class of an instructor and two students with viewers on a node of its own, measured. */
public final class LatencyBench {
  private static final String ROOM = "bench";
  private static final int PUBLISHERS = 3;

  private final Duration duration;
  private final int viewers;
  private final LoadProgress progress;

  public LatencyBench(Duration duration, int viewers, LoadProgress progress) {
    this.duration = duration;
    this.viewers = viewers;
    this.progress = progress;
  }

  /** Measures; gives the result as lines for people or as one line of JSON. */
  public List<String> run(boolean json) throws LoadFailed, InterruptedException, IOException {
    Path folder = Files.createTempDirectory("amphi-bench");
    progress.step("a node starts …");
    try (BenchNode node = BenchNode.start(folder)) {
      LoadPlan plan =
          new LoadPlan(
              node.origin(),
              ROOM,
              PUBLISHERS,
              1,
              viewers,
              duration,
              640,
              360,
              30,
              TrackView.Codec.VP8,
              LoadPlan.Air.YES,
              false);
      RoomTokens tokens =
          new RoomTokens(
              DevelopmentKey.in(folder, new SecureRandom()), ROOM, InstantSource.system());
      try (LoadRun run = new LoadRun(plan, tokens, progress)) {
        return measure(node, run, json);
      }
    } finally {
      delete(folder);
    }
  }

  private static List<String> measure(BenchNode node, LoadRun run, boolean json)
      throws LoadFailed, InterruptedException {
    run.begin();
    long start = System.nanoTime();
    Optional<ProcessUsage> nodeBefore = node.node();
    Optional<ProcessUsage> composerBefore = node.composer();
    run.stay();
    double seconds = (System.nanoTime() - start) / 1e9;
    String nodeUse = use(nodeBefore, node.node(), seconds);
    String composerUse = use(composerBefore, node.composer(), seconds);
    LoadReport report = run.report();
    if (json) {
      return List.of(LoadJson.text(report));
    }
    List<String> lines = new ArrayList<>(LoadTable.lines(report));
    lines.add("");
    lines.add("node:     " + nodeUse);
    lines.add("composer: " + composerUse);
    return lines;
  }

  private static String use(
      Optional<ProcessUsage> before, Optional<ProcessUsage> after, double seconds) {
    if (before.isEmpty() || after.isEmpty()) {
      return "not measured: its process was not there the whole time, or /proc is missing";
    }
    double cpu = (after.get().cpuSeconds() - before.get().cpuSeconds()) / seconds;
    return String.format(
        Locale.ROOT,
        "%.2f CPU-seconds per second of class, %.0f MiB resident",
        cpu,
        after.get().residentMib());
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
