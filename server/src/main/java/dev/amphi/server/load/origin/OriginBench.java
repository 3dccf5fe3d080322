package dev.amphi.server.load.origin;

import dev.amphi.server.load.LoadFailed;
import dev.amphi.server.load.LoadProgress;
import dev.amphi.server.load.Machine;
import dev.amphi.server.load.ProcessUsage;
import dev.amphi.server.load.hls.LiveList;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Measures a node that broadcasts a live class, beside nginx that gives the same playlist and the
 * same segment from memory; in turn, on one machine. Blocks its thread.
 */
public final class OriginBench {
  /** The names of the two. */
  static final String AMPHI = "Amphi";

  static final String NGINX = "nginx";

  private static final int IDLE_SECONDS = 15;

  /** So long the Java machine compiles what the load needs; nginx needs no such time. */
  private static final int WARM_UP_SECONDS = 40;

  private static final int ENOUGH_SEGMENTS = 40;
  private static final long ENOUGH_NANOS = TimeUnit.SECONDS.toNanos(120);

  private final OriginPlan plan;
  private final LoadProgress progress;

  public OriginBench(OriginPlan plan, LoadProgress progress) {
    this.plan = plan;
    this.progress = progress;
  }

  /** Measures. */
  public OriginReport run() throws LoadFailed, InterruptedException, IOException {
    Path memory = Path.of("/dev/shm");
    Path folder =
        Files.isWritable(memory)
            ? Files.createTempDirectory(memory, "amphi-bench")
            : Files.createTempDirectory("amphi-bench");
    try {
      progress.step("a node starts, and a class goes live …");
      try (BenchClass live = BenchClass.start(folder.resolve("data"), plan.rendition(), progress)) {
        return measure(live, folder);
      }
    } finally {
      delete(folder);
    }
  }

  private OriginReport measure(BenchClass live, Path folder)
      throws LoadFailed, InterruptedException, IOException {
    URI list = live.lists().getFirst();
    LiveList now = awaitSegments(live, list);
    URI segment = now.segments().get(now.segments().size() - 2);
    byte[] text = live.bytes(list);
    byte[] media = live.bytes(segment);
    double idle = idle(live.pid());
    Map<OriginPlan.Case, Map<String, List<Wrk.Sample>>> samples =
        new EnumMap<>(OriginPlan.Case.class);
    try (StaticNginx nginx =
        StaticNginx.start(Files.createDirectory(folder.resolve("nginx")), text, media)) {
      compare(OriginPlan.Case.PLAYLIST, live, list, nginx, nginx.playlist(), samples);
      compare(OriginPlan.Case.SEGMENT, live, segment, nginx, nginx.segment(), samples);
    }
    Optional<WaitingRun.Result> waiting = Optional.empty();
    if (plan.cases().contains(OriginPlan.Case.WAITING)) {
      progress.step(plan.waiting() + " reloads wait …");
      waiting = Optional.of(new WaitingRun(live, plan.waiting()).measure());
    }
    Optional<CrowdRun.Result> crowd = Optional.empty();
    if (plan.cases().contains(OriginPlan.Case.CROWD)) {
      progress.step(plan.viewers() + " viewers come …");
      crowd = Optional.of(new CrowdRun(live, plan.viewers(), plan.seconds()).measure());
    }
    return new OriginReport(
        List.of(
            "Amphi on Java " + Runtime.version(),
            StaticNginx.version(),
            Machine.text(),
            "load average " + Machine.loadAverage() + " after"),
        new OriginReport.Sizes(text.length, media.length),
        samples,
        idle,
        waiting,
        crowd);
  }

  /** A list as it is after a minute of class: its length is most of what a request costs. */
  private LiveList awaitSegments(BenchClass live, URI list)
      throws LoadFailed, InterruptedException {
    progress.step("the list grows …");
    long deadline = System.nanoTime() + ENOUGH_NANOS;
    LiveList now = live.list(list);
    while (now.segments().size() < ENOUGH_SEGMENTS && System.nanoTime() - deadline < 0) {
      now = live.list(URI.create(list + "?_HLS_msn=" + now.nextMsn()));
    }
    return now;
  }

  private static double idle(long pid) throws LoadFailed, InterruptedException {
    double before = cpu(pid);
    Thread.sleep(IDLE_SECONDS * 1_000L);
    return (cpu(pid) - before) / IDLE_SECONDS;
  }

  private static double cpu(long pid) throws LoadFailed {
    return ProcessUsage.of(pid)
        .map(ProcessUsage::cpuSeconds)
        .orElseThrow(() -> new LoadFailed("The node's process is gone."));
  }

  private void compare(
      OriginPlan.Case what,
      BenchClass live,
      URI here,
      StaticNginx nginx,
      URI there,
      Map<OriginPlan.Case, Map<String, List<Wrk.Sample>>> samples)
      throws LoadFailed, InterruptedException {
    if (!plan.cases().contains(what)) {
      return;
    }
    Map<String, List<Wrk.Sample>> both = new LinkedHashMap<>();
    both.put(AMPHI, new ArrayList<>());
    both.put(NGINX, new ArrayList<>());
    samples.put(what, both);
    Wrk.run(here, plan.connections(), WARM_UP_SECONDS, live.pid());
    for (int round = 1; round <= plan.rounds(); round++) {
      sample(what, AMPHI, round, here, live.pid(), both);
      sample(what, NGINX, round, there, nginx.workerPid(), both);
    }
  }

  private void sample(
      OriginPlan.Case what,
      String name,
      int round,
      URI address,
      long pid,
      Map<String, List<Wrk.Sample>> both)
      throws LoadFailed, InterruptedException {
    Wrk.Sample sample = Wrk.run(address, plan.connections(), plan.seconds(), pid);
    List<Wrk.Sample> own = both.get(name);
    if (own != null) {
      own.add(sample);
    }
    progress.step(
        String.format(
            Locale.ROOT,
            "%s, %s, round %d of %d: %.1f thousand requests and %.0f MB per CPU-second, %.1f"
                + " thousand requests/s %s",
            what.name().toLowerCase(Locale.ROOT),
            name,
            round,
            plan.rounds(),
            sample.requestsPerCpuSecond() / 1e3,
            sample.bytesPerCpuSecond() / 1e6,
            sample.requestsPerSecond() / 1e3,
            sample.errors()));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
